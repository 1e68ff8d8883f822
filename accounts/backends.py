"""How a member of staff proves who they are."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from accounts.models import User

DEMO_PASSWORD = "tanggap-demo"  # noqa: S105 - printed by bin/run, refused wherever it could matter


class StaffBackend(ModelBackend):
    """User name and password; the public demo password only where no stranger can reach it."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        if password == DEMO_PASSWORD and not settings.DEMO_LOGINS:
            return None
        return super().authenticate(request, username, password, **kwargs)
