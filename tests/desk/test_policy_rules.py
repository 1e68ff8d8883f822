"""Rules of a policy as administrators write them: looked at first, then saved."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from tests.agency import Agency
from tests.desk.pages import at_desk, form, words, write
from tests.workflows.rulebook import newest, of
from workflows import policies
from workflows.models import Pass, Policy, PolicyVersion

ALL = "/desk/policies/"
ONE = "/desk/policies/id-sp4n/"
RULES = f"{ONE}rules/"
PRAISE = {"name": "Pujian, mendesak", "kinds": ["praise"], "priorities": ["urgent"]}
MONDAY = time_machine.travel("2026-07-06 09:00+07:00", tick=False)


@pytest.fixture
def sp4n(agency: Agency) -> Policy:
    return policies.install("id-sp4n", date(2026, 1, 1), agency.administrator)


@pytest.fixture
def admin(agency: Agency) -> Client:
    return at_desk(agency.administrator)


@MONDAY
def test_looking_at_what_a_rule_means_shows_both_dates_and_saves_nothing(
    sp4n: Policy, admin: Client
) -> None:
    page = write(admin, f"{RULES}complaint/", "look", resolution__amount="5")
    assert page.status_code == 200
    shown = words(page)
    assert "A case filed now would be due" in shown
    assert "24 Jul, 16:30 WIB 14 working days from receipt" in shown
    assert "13 Jul, 16:00 WIB 5 working days from receipt changes" in shown
    assert shown.count("changes") == 1
    assert "not saved yet" in shown
    assert PolicyVersion.objects.count() == 1
    assert form(page)["resolution.amount"] == ["5"]


def test_a_rule_is_changed_and_everything_else_of_it_stays(sp4n: Policy, admin: Client) -> None:
    before = of("information")
    said = {"resolution__amount": "7", "resolution__extension": "2", "next_update__amount": "72"}
    said |= {"next_update__unit": "calendar_hours", "next_update__steady": "on"}
    assert write(admin, f"{RULES}information/", **said).status_code == 302
    after = of("information")
    assert (after["targets"]["resolution"]["amount"], after["kinds"]) == (7, ["information"])
    assert after["targets"]["resolution"]["extension"] == 2
    news = after["targets"]["next_update"]
    assert (news["amount"], news["unit"], news["pausable"]) == (72, "calendar_hours", False)
    assert news["starts_on"] == "replied"
    assert after["targets"]["silence"] == before["targets"]["silence"]
    assert len(newest()) == 4


def test_sending_a_rule_back_as_it_is_changes_nothing(sp4n: Policy, admin: Client) -> None:
    for each in newest():
        assert write(admin, f"{RULES}{each['id']}/").status_code == 302
    assert PolicyVersion.objects.count() == 1


def test_a_new_rule_comes_before_that_for_all_other_cases(sp4n: Policy, admin: Client) -> None:
    said = PRAISE | {"resolution__amount": "2", "kinds": ["suggestion"], "categories": ["water"]}
    refused = write(admin, RULES, **said)
    assert refused.status_code == 422
    assert "It can never match: “Aspirasi, saran, pujian”" in words(refused)
    said |= {"kinds": ["complaint"], "units": ["water"]}
    assert write(admin, RULES, **said).status_code == 302
    assert [each["id"] for each in newest()][-2:] == ["pujian-mendesak", "complaint"]
    assert of("pujian-mendesak")["units"] == ["water"]
    assert write(admin, RULES, **said | {"units": ["roads"]}).status_code == 302
    assert of("pujian-mendesak-2")["units"] == ["roads"]


def test_what_is_wrong_stands_beside_its_field_and_in_the_summary(
    sp4n: Policy, admin: Client
) -> None:
    page = write(admin, f"{RULES}oversight/", name="", resolution__amount="0", silence__amount="x")
    assert page.status_code == 422
    assert "<title>Error:" in page.text
    summary, rest = page.text.split("ds-error-summary")[1].split("<form", 1)
    for field, label in (("resolution.amount", "Answer: Amount"), ("name", "Name of the rule")):
        assert f'href="#id_{field}"' in summary
        assert label in summary
        assert f'id="id_{field}_error"' in rest
    assert summary.count("whole number above zero") == 2
    assert PolicyVersion.objects.count() == 1


def test_a_rule_without_any_target_is_refused(sp4n: Policy, admin: Client) -> None:
    none = {f"{metric}__amount": "" for metric in policies.METRICS}
    page = write(admin, f"{RULES}oversight/", **none)
    assert page.status_code == 422
    assert "A rule gives at least one target" in page.text


def test_who_is_overtaken_keeps_what_was_typed_and_saves_it_on_top(
    sp4n: Policy, admin: Client
) -> None:
    typed = form(admin.get(f"{RULES}complaint/")) | {"resolution.amount": "12", "step": "save"}
    write(admin, f"{RULES}information/", resolution__amount="4")
    page = admin.post(f"{RULES}complaint/", typed)
    assert page.status_code == 409
    assert "What you typed is still here" in page.text
    again = form(page)
    assert again["resolution.amount"] == ["12"]
    assert admin.post(f"{RULES}complaint/", again | {"step": "save"}).status_code == 302
    assert of("information")["targets"]["resolution"]["amount"] == 4
    assert of("complaint")["targets"]["resolution"]["amount"] == 12


def test_the_order_of_rules_is_changed_one_place_at_a_time(sp4n: Policy, admin: Client) -> None:
    def order() -> list[str]:
        return [each["id"] for each in newest()]

    admin.post(f"{RULES}oversight/move/", {"to": "up", "seen": "1"})
    assert order() == ["information", "oversight", "aspiration", "complaint"]
    admin.post(f"{RULES}information/move/", {"to": "down", "seen": "2"})
    assert order() == ["oversight", "information", "aspiration", "complaint"]
    for rule, to in (("oversight", "up"), ("aspiration", "down"), ("complaint", "up")):
        admin.post(f"{RULES}{rule}/move/", {"to": to, "seen": "3"})
    assert order() == ["oversight", "information", "aspiration", "complaint"]
    late = admin.post(f"{RULES}information/move/", {"to": "up", "seen": "1"}, follow=True)
    assert "Somebody else changed this policy meanwhile" in late.text
    assert PolicyVersion.objects.count() == 3


def test_an_order_in_which_a_rule_can_never_match_is_refused(sp4n: Policy, admin: Client) -> None:
    narrow = {**of("aspiration"), "id": "narrow", "name": "Sempit", "kinds": ["praise"]}
    policies.save_version(sp4n, [narrow, *newest()], None)
    admin.post(f"{RULES}narrow/move/", {"to": "down"})
    page = admin.post(f"{RULES}narrow/move/", {"to": "down"}, follow=True)
    assert "Rule “Sempit”: It can never match" in words(page)
    assert [each["id"] for each in newest()][:2] == ["information", "narrow"]


def test_a_rule_ends_after_a_page_that_says_what_follows(sp4n: Policy, admin: Client) -> None:
    page = admin.get(f"{RULES}aspiration/end/")
    assert "move to the next rule that fits" in page.text
    done = admin.post(f"{RULES}aspiration/end/", follow=True)
    assert "1 rule that ended" in words(done)
    assert "It is about to begin" in done.text
    assert Pass.objects.get().rule == "id-sp4n/aspiration"
    for path in ("", "end/", "move/"):
        ask = admin.post if path == "move/" else admin.get
        assert ask(f"{RULES}aspiration/{path}").status_code == 404
    assert admin.get(f"{RULES}complaint/end/").status_code == 404
    assert admin.post(f"{RULES}complaint/end/").status_code == 404


def test_basis_and_dates_are_changed_and_a_hole_is_refused(sp4n: Policy, admin: Client) -> None:
    said = {"name": "Perbup", "legal_basis": "Perbup 7/2026", "source": "", "effective_to": ""}
    said |= {"effective_from": "2026-01-01"}
    assert admin.post(f"{ONE}details/", said | {"legal_basis": ""}).status_code == 422
    assert admin.post(f"{ONE}details/", said | {"effective_to": "2025-01-01"}).status_code == 422
    assert admin.post(f"{ONE}details/", said | {"effective_to": "2026-12-31"}).status_code == 302
    assert "After 31 Dec 2026 no policy is in force" in words(admin.get(ALL))
    policies.install("nhs", date(2027, 1, 1), None)
    hole = admin.post(f"{ALL}nhs/details/", said | {"effective_from": "2027-02-01"})
    assert "No policy would be in force from 1 January 2027 to 31 January 2027" in words(hole)
    both = said | {"effective_from": "2027-02-01", "succeeding": "on"}
    assert admin.post(f"{ALL}nhs/details/", both).status_code == 302
    assert Policy.objects.get(code="id-sp4n").effective_to == date(2027, 1, 31)


def test_what_is_not_there_is_not_found(sp4n: Policy, admin: Client) -> None:
    for path in ("mars/", "mars/details/", "mars/rules/", "id-sp4n/rules/mars/"):
        assert admin.get(f"{ALL}{path}").status_code == 404
    assert admin.get(f"{ONE}confirm/").status_code == 405
    assert admin.get("/desk/passes/999/").status_code == 404
