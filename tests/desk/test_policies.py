"""The pages of policies: read, confirmed, written, as administrators and supervisors use them."""

import re
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.agency import PEOPLE, Agency
from tests.desk.pages import at_desk
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


def words(page: Any) -> str:
    """What a page shows, without its marks."""
    seen = re.sub(r'<span class="ds-sr-only">.*?</span>', "", page.text)
    return " ".join(re.sub(r"<[^>]+>", " ", seen).split())


def form(page: Any) -> dict[str, Any]:
    """The rule's form as the page gives it out, to be sent back."""
    fields: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", page.text):
        said = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        ticked = said.get("type") != "checkbox" or re.search(r"\schecked", tag)
        if ticked and said.get("name"):
            usual = "on" if said.get("type") == "checkbox" else ""
            fields.setdefault(said["name"], []).append(said.get("value", usual))
    for name, options in re.findall(
        r'<select name="([^"]+)".*?>(.*?)</select>', page.text, re.DOTALL
    ):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(
            r'value="([^"]*)"', options
        )
        fields[name] = [chosen[1] if chosen else ""]
    return {k: v for k, v in fields.items() if k not in ("csrfmiddlewaretoken", "q", "shortcuts")}


def write(client: Client, address: str, step: str = "save", **said: Any) -> Any:
    """Open the form, say something else, and send it."""
    changed = {name.replace("__", "."): value for name, value in said.items()}
    return client.post(address, form(client.get(address)) | changed | {"step": step})


def newest() -> list[dict[str, Any]]:
    return PolicyVersion.objects.latest("number").rules


def of(rule_id: str) -> dict[str, Any]:
    return next(each for each in newest() if each["id"] == rule_id)


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


# Write


@MONDAY
def test_looking_at_what_a_rule_means_shows_both_dates_and_saves_nothing(
    sp4n: Policy, admin: Client
) -> None:
    page = write(admin, f"{RULES}complaint/", "look", resolution__amount="5")
    assert page.status_code == 200
    shown = words(page)
    assert "A case filed now would be due" in shown
    assert "24 Jul, 16:30 WIB 14 working days from receipt" in shown
    assert "13 Jul, 16:00 WIB 5 working days from receipt" in shown
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
