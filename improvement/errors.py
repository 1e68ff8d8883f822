"""Why something is refused, in words; nothing was changed then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext_lazy as _


class Refused(ValidationError):
    """Bad input or a wrong moment: sentences by field, or one for the whole."""

    #: What a page answers with it.
    status = 422

    @property
    def by_field(self) -> Mapping[str, Any]:
        if hasattr(self, "error_dict"):
            return self.message_dict
        return {"__all__": self.messages}


class Forbidden(PermissionDenied):
    """Not theirs to do."""


class NoLonger(Refused):
    """It was theirs to do, and somebody was faster: a sentence that says what happened meanwhile.

    Not `Forbidden`: that is as if it were not there, and what was typed would be gone.
    """

    status = 409


class Overtaken(Refused):
    """Somebody else wrote something newer: whoever read that may try again."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            _("Somebody changed this meanwhile. Look at it as it now is, and try again.")
        )
