"""Breaking the glass: reading a restricted case in an emergency, before witnesses."""

from django.db import transaction

from accounts.models import User
from casework import access_log, timeline
from casework.access import NoSuchCase, can_break_glass
from casework.models import Case, Looked
from casework.references import read_reference
from workflows.lock import locked_cases


def break_glass(actor: User, reference: str, reason: str) -> Case:
    """Open a restricted case in an emergency, to read, for `access_log.EMERGENCY`.

    The auditor sees it, its unit is told, and its history keeps it. Raises `NoSuchCase` for what
    is not there, not restricted, or not of the actor's units.
    """
    with transaction.atomic():
        found = Case.objects.filter(reference=read_reference(reference) or "").first()
        if found is None or not can_break_glass(actor, found):
            raise NoSuchCase(reference)
        case = locked_cases(found.pk)[found.pk]
        if not can_break_glass(actor, case):
            raise NoSuchCase(reference)
        access_log.log_reason(actor, Looked.BREAK_GLASS, case, reason)
        timeline.record(case, "break_glass", actor, body=reason)
        case.save()
    return case
