"""Finding a case by what its receipt says."""

from casework.access import NoSuchCase
from casework.models import Case
from casework.references import read_reference
from casework.sealing import same_secret


def find(reference: str, secret: str, *related: str) -> Case:
    """The case of a reference and its secret.

    Raises `NoSuchCase`; an unknown reference and a wrong secret look the same and cost the same.
    """
    found = Case.objects.select_related("complainant", "unit", *related)
    case = found.filter(reference=read_reference(reference) or "").first()
    matches = same_secret(secret, case.secret_digest if case else "0" * 64)
    if case is None or not matches:
        raise NoSuchCase(reference)
    return case
