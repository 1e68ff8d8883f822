"""How a complaint ended, in a sentence to its complainant."""

from __future__ import annotations

from django.utils.translation import gettext as _

from casework.models import Case
from casework.stages import Stage


def ending(case: Case, target: Case) -> str:
    """How a complaint ended; a merged one, once its target has, in the words of that end.

    `target`: the case that this one goes on in; itself, unless it was merged.
    """
    if case.stage == Stage.MERGED and target.is_final:
        return _joined_ending(target)
    return {
        Stage.CLOSED: _("Your complaint is closed."),
        Stage.AUTO_CLOSED: _("Closed, because the time for your yes or no ran out."),
        Stage.REJECTED: _("We could not take this complaint."),
        Stage.REFERRED: _("Another body is competent."),
        Stage.MERGED: _("It goes on together with another complaint about the same matter."),
        Stage.LAPSED: _("Closed, because we had no answer. You may still answer."),
        Stage.WITHDRAWN: _("Closed at your request."),
    }.get(Stage(case.stage), "")


def _joined_ending(target: Case) -> str:
    """What those read of an end who were joined: the outcome, never what another person did."""
    closed = _("The complaint that yours was joined with is closed.")
    undecided = _("The complaint that yours was joined with ended without a decision.")
    anew = _("You can file yours anew, on its own.")
    return {
        Stage.CLOSED: closed,
        Stage.AUTO_CLOSED: closed,
        Stage.REJECTED: _("We could not take the complaint that yours was joined with."),
        Stage.REFERRED: _("Yours was joined with another one. Another body is competent."),
    }.get(Stage(target.stage), f"{undecided} {anew}")
