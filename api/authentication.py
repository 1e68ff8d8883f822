"""Who calls: the person whose key comes in `Authorization: Bearer …`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts import api_keys
from accounts.models import ApiKey, User


class BearerKey(BaseAuthentication):
    """A REST key of an active person."""

    def authenticate(self, request: Request) -> tuple[User, ApiKey] | None:
        scheme, _space, key = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        held = api_keys.holder_of(key.strip(), ApiKey.Scope.REST)
        if held is None or held.user is None:
            raise AuthenticationFailed(_("This key opens nothing. Ask for a new one."))
        return held.user, held

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class BearerKeyScheme(OpenApiAuthenticationExtension):
    """How the schema describes it."""

    target_class = BearerKey
    name = "key"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}
