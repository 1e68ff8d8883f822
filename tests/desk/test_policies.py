"""The pages of policies: begun, read and confirmed by administrators and supervisors."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.agency import PEOPLE, Agency
from tests.desk.pages import at_desk, words
from tests.workflows.rulebook import newest, of
from workflows import policies
from workflows.models import Pass, Policy, PolicyVersion

ALL = "/desk/policies/"
ONE = "/desk/policies/id-sp4n/"
RULES = f"{ONE}rules/"
MONDAY = time_machine.travel("2026-07-06 09:00+07:00", tick=False)


@pytest.fixture
def sp4n(agency: Agency) -> Policy:
    return policies.install("id-sp4n", date(2026, 1, 1), agency.administrator)


@pytest.fixture
def admin(agency: Agency) -> Client:
    return at_desk(agency.administrator)


# Begin


def test_an_empty_installation_offers_the_presets_and_says_what_follows(
    agency: Agency, admin: Client
) -> None:
    page = admin.get(ALL)
    for name in ("SP4N-LAPOR!", "CPGRAMS", "NHS complaints", "LGSCO"):
        assert name in page.text
    assert "Without one no case has a due date" in page.text
    said = {"preset": "id-sp4n", "effective_from": "2026-01-01"}
    taken = admin.post(f"{ALL}new/", said, follow=True)
    assert "confirm its legal basis" in words(taken)
    assert Policy.objects.get().code == "id-sp4n"


def test_a_supervisor_of_an_empty_installation_reads_who_sets_it_up(agency: Agency) -> None:
    page = at_desk(agency.supervisor).get(ALL)
    assert "An administrator sets it up" in page.text
    assert "<form class=" not in page.text.split("<main")[1]


def test_the_next_policy_follows_the_one_before_it_or_is_refused(
    sp4n: Policy, admin: Client
) -> None:
    said = {"preset": "nhs", "effective_from": "2027-01-01"}
    refused = admin.post(f"{ALL}new/", said)
    assert refused.status_code == 422
    assert "would both be in force on 1 January 2027" in refused.text
    assert admin.post(f"{ALL}new/", said | {"succeeding": "on"}).status_code == 302
    assert "In force from 1 Jan 2026 to 31 Dec 2026" in words(admin.get(ALL))
    assert admin.post(f"{ALL}new/", {"preset": "mars"}).status_code == 422
    assert admin.post(f"{ALL}new/", said | {"effective_from": "0001-01-01"}).status_code == 422


# Read and confirm


@MONDAY
def test_the_page_says_each_rule_in_words_and_what_would_be_due(
    sp4n: Policy, admin: Client
) -> None:
    page = words(admin.get(ONE))
    assert "Kind: Aspiration, Suggestion, Praise" in page
    assert "Answer 14 working days from receipt 24 Jul, 16:30 WIB" in page
    assert "Check 3 working days from receipt" in page
    assert "30 calendar days from our question with the end of 5 Aug 2026" in page
    assert "by the calendar of Kabupaten Uji" in page
    assert page.index("Permintaan informasi") < page.index("All other cases")


def test_the_page_is_there_in_indonesian(sp4n: Policy, agency: Agency) -> None:
    page = words(at_desk(agency.administrator, "id").get(ONE))
    assert "14 hari kerja" in page
    assert "working" not in page


def test_a_supervisor_confirms_the_legal_basis_in_their_own_name(
    sp4n: Policy, agency: Agency
) -> None:
    client = at_desk(agency.supervisor)
    page = client.get(ONE)
    assert "unconfirmed" in page.text
    assert "Check whether its periods are still the same" in page.text
    assert "Change basis and dates" not in page.text
    done = client.post(f"{ONE}confirm/", {"seen": "1"}, follow=True)
    assert "Confirmed by Supervisor" in words(done)
    for address in (ALL, ONE):
        shown = client.get(address).text
        assert "unconfirmed" not in shown
        assert "confirmed" in shown


def test_nobody_confirms_what_they_did_not_see(sp4n: Policy, agency: Agency) -> None:
    policies.save_version(sp4n, [of("complaint")], None)
    done = at_desk(agency.supervisor).post(f"{ONE}confirm/", {"seen": "1"}, follow=True)
    assert "Somebody else changed this policy meanwhile" in done.text
    assert Policy.objects.get().confirmed_by is None


def test_a_version_that_was_replaced_is_read_and_not_changed(sp4n: Policy, admin: Client) -> None:
    policies.save_version(sp4n, [of("complaint")], None)
    page = admin.get(f"{ONE}?version=1")
    assert "These rules were replaced" in page.text
    assert "Permintaan informasi" in page.text
    assert "Add a rule" not in page.text
    for odd in ("3", "x", "99999999999", "-1"):
        assert admin.get(f"{ONE}?version={odd}").status_code == 404


def test_what_is_wrong_by_now_is_said_on_the_page(sp4n: Policy, admin: Client) -> None:
    rules = [{**of("oversight"), "categories": ["gone"]}, of("complaint")]
    PolicyVersion.objects.create(policy=sp4n, number=2, rules=rules, at=timezone.now())
    page = words(admin.get(ONE))
    assert "Something is wrong with this policy" in page
    assert "There is no category “gone”" in page


def test_the_page_costs_the_same_however_many_rules_there_are(sp4n: Policy, admin: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert admin.get(ONE).status_code == 200
        return len(asked)

    admin.get(ONE)
    few = cost()
    many = [
        {**of("oversight"), "id": f"r{n}", "categories": [code], "units": ["water"]}
        for n, code in enumerate(("water", "bills", "graft"))
    ]
    policies.save_version(sp4n, [*many, *newest()], None)
    # Whether the named categories and units are there is asked at once for all rules.
    assert cost() <= few + 4


# How far a pass has come


def test_a_pass_says_how_far_it_has_come_until_it_is_done(agency: Agency, admin: Client) -> None:
    going = Pass.objects.create(
        cause="policy", rule="id-sp4n/x", at=timezone.now(), total=50_000, done=12_300
    )
    address = f"/desk/passes/{going.pk}/"
    part = admin.get(address, headers={"HX-Request": "true"})
    assert "12,300 of 50,000 so far" in words(part)
    assert f'hx-get="{address}"' in part.text
    assert "<main" not in part.text
    assert "<main" in admin.get(address).text
    Pass.objects.update(done=50_000, moved=340, finished_at=timezone.now())
    part = admin.get(address, headers={"HX-Request": "true"})
    assert "50,000 open cases were gone through. 340 cases have another due date." in words(part)
    assert "hx-get" not in part.text


# Who


@pytest.mark.parametrize("name", sorted(PEOPLE))
def test_only_administrators_write_and_only_they_and_supervisors_read(
    sp4n: Policy, agency: Agency, name: str
) -> None:
    client = at_desk(getattr(agency, name))
    reads = name in ("administrator", "supervisor", "head")
    for path in (ALL, ONE):
        assert (client.get(path).status_code == 200) == reads, path
    for path in (f"{ALL}new/", f"{ONE}details/", RULES, f"{RULES}complaint/"):
        for ask in (client.get, client.post):
            assert (ask(path).status_code != 404) == (name == "administrator"), path
    for path in (f"{RULES}aspiration/move/", f"{RULES}aspiration/end/"):
        assert (client.post(path).status_code == 302) == (name == "administrator"), path
    assert (client.post(f"{ONE}confirm/").status_code == 302) == reads
