"""What a receipt says, and finding a case by it."""

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString

from accounts.throttles import TooMany
from casework.access import NoSuchCase
from casework.limits import EVERYBODY, SECRETS
from casework.models import Case
from casework.references import read_reference
from casework.sealing import same_secret

_NOBODYS = "0" * 64  # a digest that no secret has


def find(reference: str, secret: str, *related: str, address: str) -> Case:
    """The case of a reference and its secret, tried from an address.

    A right secret opens, whatever was tried before: it is compared before anything is counted.
    Raises `NoSuchCase`, or `TooMany` after many wrong tries; an unknown reference and a wrong
    secret look the same and cost the same.
    """
    named = read_reference(reference)
    # Only the digest: to make a whole case of a row would take its time, and so tell.
    known = Case.objects.filter(reference=named or "").values_list("pk", "secret_digest").first()
    pk, digest = known or (None, _NOBODYS)
    if not same_secret(secret, digest) or pk is None:
        lanes = {"address": address, "case": named or reference[:40], **EVERYBODY}
        if wait := SECRETS.missed(lanes):
            raise TooMany(wait)
        raise NoSuchCase(reference)
    return Case.objects.select_related("complainant", "unit", *related).get(pk=pk)


def in_groups(secret: str) -> str:
    """The secret as people read it, copy it and say it: four digits at a time."""
    return " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))


def address() -> str:
    """The address of the tracking page, to be read and typed."""
    return f"{settings.BASE_URL}{reverse('portal:track')}"


def qr_of(reference: str) -> SafeString:
    """The same with the reference, as an inline SVG: nothing of it is anybody's text."""
    address_of_case = f"{address()}?reference={reference}"
    return SafeString(
        segno.make(address_of_case, error="m").svg_inline(omitsize=True, svgclass=None)
    )
