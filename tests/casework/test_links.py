"""What opens a case to its complainant: a signed link, or reference and secret."""

from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.utils import timezone

from casework import links, tracking
from casework.access import NoSuchCase
from casework.models import Case, TrackingLink
from tests.agency import Agency, file_case
from workflows import filing
from workflows.sweep import sweep

SAID = {"text": "Air mati empat hari di RT 03.", "identity": "none"}
HERE = "192.0.2.1"  # where it is asked from


def opens(token: str) -> Case | None:
    try:
        return links.case_of(token)
    except NoSuchCase:
        return None


def test_a_link_opens_its_own_case_and_each_is_another(agency: Agency):
    case, other = file_case(), file_case()
    mine, again, theirs = links.link_for(case), links.link_for(case), links.link_for(other)
    assert len({mine, again, theirs}) == 3
    assert (opens(mine), opens(again), opens(theirs)) == (case, case, other)
    assert ":" not in mine, "mail programs break addresses there"


def test_a_link_lives_as_long_as_it_was_given(agency: Agency):
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        long, short = links.link_for(file_case()), links.link_for(file_case(), timedelta(hours=1))
    for later, open_ones in (
        (timedelta(hours=1) - timedelta(seconds=1), (True, True)),
        (timedelta(hours=1), (True, False)),
        (timedelta(days=180) - timedelta(seconds=1), (True, False)),
        (timedelta(days=180), (False, False)),
    ):
        with time_machine.travel(now + later, tick=False):
            assert (opens(long) is not None, opens(short) is not None) == open_ones


def test_of_a_visit_the_hour_is_not_kept(agency: Agency):
    case, now = file_case(), timezone.now().replace(minute=17)
    with time_machine.travel(now, tick=False):
        links.visit_for(case)
    until = case.links.get().expires_at
    assert timedelta(hours=12) < until - now <= timedelta(hours=13)
    assert (until.minute, until.second, until.microsecond) == (0, 0, 0)


def test_a_link_that_has_ended_is_deleted_and_no_other(agency: Agency):
    case = file_case()
    links.link_for(case, timedelta(seconds=-1))
    open_one = links.link_for(case)
    sweep()
    assert case.links.count() == 1
    assert opens(open_one) == case


def test_revoking_closes_every_link_of_the_case_and_no_other(agency: Agency):
    case, other = file_case(), file_case()
    mine, again, theirs = links.link_for(case), links.link_for(case), links.link_for(other)
    links_before = case.links.count()
    assert links.revoke_links(case) == links_before
    assert links.revoke_links(case) == 0
    assert (opens(mine), opens(again), opens(theirs)) == (None, None, other)


def test_a_link_of_another_hand_opens_nothing(agency: Agency):
    case = file_case()
    token = links.link_for(case)
    pk = TrackingLink.objects.filter(case=case).get().pk
    forged = signing.Signer(salt="another").sign(pk.hex).replace(":", "~")
    no_id = signing.Signer(salt="tracking-link").sign("no-id").replace(":", "~")
    for made_up in ("", "x", token[:-1], token[1:], pk.hex, str(pk), forged, no_id, "\x00~\x00"):
        assert opens(made_up) is None, made_up


def test_reference_and_secret_find_the_case_however_they_are_typed(agency: Agency):
    filed = filing.file(SAID)
    secret = filed.secret or ""
    reference = filed.case.reference
    for typed in (reference, f" {reference.lower()} ", reference.replace("-", "")):
        grouped = f"{secret[:4]}-{secret[4:8]} {secret[8:]}"
        assert tracking.find(typed, grouped, address=HERE) == filed.case


def test_a_wrong_secret_and_an_unknown_reference_are_refused_alike(agency: Agency):
    filed, other = filing.file(SAID), filing.file(SAID)
    reference, secret = filed.case.reference, filed.secret or ""
    for typed, code in (
        (reference, other.secret),
        (reference, secret[::-1] + "0"),
        (reference, ""),
        (reference, filed.case.secret_digest),
        ("26-7K3M9QE", secret),
        ("nonsense", secret),
        ("", ""),
    ):
        with pytest.raises(NoSuchCase):
            tracking.find(typed, code or "", address=HERE)
