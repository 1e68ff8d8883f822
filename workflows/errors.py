"""Why an act was refused. Nothing has changed when one of these is raised."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.models import Event


class Refused(Exception):
    """Base of all refusals; `status` is the HTTP status, `title` a sentence for people."""

    status = 422
    title: Any = _("This cannot be done.")


class Forbidden(Refused):
    """The act is lawful here, but not for this actor."""

    status = 403
    title = _("You may not do this.")


class Unlawful(Refused):
    """The stage has no such exit, or the act makes no sense now."""

    title = _("This cannot be done at this stage.")


class Unrecognisable(Unlawful):
    """A new secret for somebody whom nobody can recognise."""

    title = _("We know nothing by which to recognise this complainant, so no new secret is made.")


class NoExtension(Unlawful):
    """More time than the policy allows, where it allows none, or none any more."""

    title = _("The policy allows no more time here.")


class Stale(Refused):
    """The case is not as the caller saw it; `meanwhile` says what happened, newest first."""

    status = 409
    title = _("Something happened meanwhile.")

    def __init__(self, meanwhile: list[Event]) -> None:
        super().__init__(self.title)
        self.meanwhile = meanwhile


class Invalid(Refused):
    """The payload is wrong; `errors` holds sentences by field."""

    title = _("Please correct the marked answers.")

    def __init__(self, errors: Any) -> None:
        super().__init__(self.title, dict(errors))
        self.errors = errors
