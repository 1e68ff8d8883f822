"""Whom a complaint is about: they find it nowhere, and nobody who answers to them handles it."""

import pytest
from django.test import Client

from accounts.models import Membership, Unit, User
from accounts.rights import Role
from casework import queues, timeline
from casework.access import can_see
from casework.actors import CitizenActor
from casework.conflicts import people_named_in
from casework.models import Case
from casework.search import found_in
from notifications.models import Notification, Outbox
from tests.agency import PEOPLE, Agency, do, file_case, walk
from workflows import filing
from workflows.errors import Forbidden, Invalid


@pytest.fixture
def inspectorate(agency: Agency) -> Unit:
    """An independent unit with an inspector who checks complaints there."""
    unit = Unit.objects.create(
        code="inspectorate", name="Inspektorat", parent=agency.root, independent=True
    )
    inspector = User.objects.create(username="inspector", first_name="Tri", last_name="Utami")
    Membership.objects.create(user=inspector, unit=unit, role=Role.INTAKE, handles_restricted=True)
    return unit


def named(username: str) -> User:
    return User.objects.get(username=username)


ENGLISH = {"Accept-Language": "en"}


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def seers(case: Case) -> set[str]:
    return {user.username for user in User.objects.all() if can_see(user, case)}


def rename(user: User, first: str, last: str = "") -> None:
    User.objects.filter(pk=user.pk).update(first_name=first, last_name=last)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bu Rina di loket 3", True),
        ("MAHESWARI, penyelia", True),
        ("rina", True),
        ("Karina dan Marina", False),
        ("petugas di loket", False),
        ("", False),
        ("..., ri na", False),
    ],
)
def test_who_is_named_is_recognised_by_any_word_of_the_name(agency, text, found) -> None:
    rename(agency.supervisor, "Rina", "Maheswari")
    assert people_named_in(text) == ([agency.supervisor.pk] if found else [])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Ma'ruf", "Pak Maruf di loket"),
        ("Maruf", "Pak Ma\u2019ruf di loket"),
        ("Syafi'i", "Syafii"),
        ("Nu\u02bcman", "NU'MAN"),
        ("Jos\u00e9", "Jose"),
        ("Jos\u00e9", "Jose\u0301"),
        ("Bayu", "Ba\u00adyu"),
        ("Bayu", "\uff22\uff41\uff59\uff55"),
        ("Bayu", "BAYU!"),
        ("", "petugas bernama officer"),
    ],
)
def test_a_name_is_recognised_however_it_is_spelt(agency: Agency, name: str, text: str) -> None:
    User.objects.exclude(pk=agency.officer.pk).update(first_name="Lain", last_name="Orang")
    rename(agency.officer, name)
    assert people_named_in(text) == [agency.officer.pk]


def test_who_is_away_is_recognised_and_who_never_had_a_role_is_not(agency: Agency) -> None:
    rename(agency.officer, "Budi")
    User.objects.filter(pk=agency.officer.pk).update(is_active=False)
    User.objects.create(username="guest", first_name="Budi")
    assert people_named_in("Pak Budi") == [agency.officer.pk]


def test_who_comes_to_the_staff_later_never_sees_what_names_them(agency, inspectorate) -> None:
    live, closed = file_case(about="Pak Joko Susilo"), walk(agency, "closed", about="Susilo, loket")
    joko = User.objects.create(username="joko", first_name="Joko", last_name="Susilo")
    role = Membership(user=joko, unit=agency.root, role=Role.SUPERVISOR)
    role.save()
    for case in (live, closed):
        case.refresh_from_db()
        assert (case.about_people, "joko" in seers(case)) == ([joko.pk], False)
    assert live.unit == inspectorate
    event = live.events.get(kind="recognise")
    assert (event.actor_kind, event.audience) == ("system", "internal")


def test_a_new_name_is_looked_for_too_and_signing_in_looks_for_nothing(
    agency, django_assert_num_queries
) -> None:
    case = file_case(about="Bu Kartika")
    with django_assert_num_queries(1):
        agency.officer.save(update_fields=["last_login"])
    agency.officer.last_name = "Kartika"
    agency.officer.save()
    case.refresh_from_db()
    assert case.about_people == [agency.officer.pk]


def test_who_was_found_not_to_be_meant_stays_so_whatever_their_name(agency) -> None:
    case = do(file_case(about="Officer2"), "about", agency.intake, people="", reason="Bukan ia.")
    agency.officer2.save()
    case.refresh_from_db()
    assert (case.about_people, case.event_count) == ([], 2)


def test_a_case_about_who_comes_to_lead_its_unit_leaves_it_once(agency) -> None:
    case = do(walk(agency, "work"), "about", agency.supervisor, people="officer2", reason="Ia.")
    assert case.unit == agency.water
    role = Membership(user=agency.officer2, unit=agency.water, role=Role.SUPERVISOR)
    for _again in range(2):
        role.save()
    case.refresh_from_db()
    assert (case.unit, case.events.filter(kind="recognise").count()) == (agency.root, 1)


@pytest.mark.parametrize("stage", ["closed", "withdrawn", "rejected", "lapsed"])
def test_of_a_case_that_has_ended_it_can_be_said_too(agency: Agency, stage: str) -> None:
    case = walk(agency, stage)
    before = case.closed_at
    case = do(case, "about", agency.head, people="supervisor, officer", reason="Ternyata.")
    assert (case.stage, case.closed_at) == (stage, before)
    assert not {"supervisor", "officer"} & seers(case)


def test_those_merged_into_a_case_are_about_the_same(agency: Agency) -> None:
    target, joined = walk(agency, "work"), walk(agency, "work")
    do(joined, "merge", agency.supervisor, into=target.reference)
    do(target, "about", agency.supervisor, people="officer", reason="Ia.")
    joined.refresh_from_db()
    assert "officer" not in seers(joined)
    do(joined, "message", CitizenActor(joined.pk), text="Petugas itu yang minta uang.")
    told = Notification.objects.filter(user=agency.officer, case=joined)
    assert not told.filter(event__kind="message").exists()
    assert joined.events.get(kind="about").data["people"] == [agency.officer.pk]
    assert list(timeline.broken(Case.objects.all())) == []


def test_of_one_that_was_merged_it_is_said_in_the_case_that_goes_on(agency: Agency) -> None:
    target, joined = walk(agency, "work"), walk(agency, "work")
    joined = do(joined, "merge", agency.supervisor, into=target.reference)
    with pytest.raises(Invalid):
        do(joined, "about", agency.supervisor, people="officer2", reason="Ia.")
    do(target, "about", agency.supervisor, people="officer2", reason="Ia.")
    joined = do(Case.objects.get(pk=joined.pk), "about", agency.supervisor, people="", reason="-")
    target = do(Case.objects.get(pk=target.pk), "about", agency.supervisor, people="", reason="-")
    assert (joined.about_people, target.about_people) == ([], [])


def test_those_merged_into_a_case_are_restricted_with_it(agency: Agency) -> None:
    Membership.objects.filter(user=agency.head).update(handles_restricted=True)
    target, joined = walk(agency, "work"), walk(agency, "work")
    do(joined, "merge", agency.supervisor, into=target.reference)
    do(target, "restrict", agency.head, reason="Ada ancaman.")
    joined.refresh_from_db()
    assert joined.restricted
    assert "officer" not in seers(joined)


def test_a_draft_of_whom_it_is_about_is_returned_and_never_approved(agency: Agency) -> None:
    case = walk(agency, "review", category="bills")
    case = do(case, "about", agency.supervisor, people="officer", reason="Ia.")
    with pytest.raises(Forbidden):
        do(case, "approve", agency.supervisor)
    page = client_of(agency.supervisor).get(f"/desk/cases/{case.reference}/", headers=ENGLISH)
    assert "The draft is by somebody whom the complaint is about" in page.content.decode()
    do(case, "return", agency.supervisor, reason="Ditulis ulang.")


def test_a_draft_of_somebody_of_the_accused_office_is_not_approved_either(agency: Agency) -> None:
    case = walk(agency, "review", category="bills")
    case = do(case, "about", agency.head, unit="water", reason="Kantor itu.")
    with pytest.raises(Forbidden):
        do(case, "approve", agency.head)


def test_a_complaint_about_somebody_is_received_by_the_independent_unit(agency, inspectorate):
    assert file_case(about="Supervisor").unit == inspectorate
    assert file_case(about="petugas loket").unit == agency.root


def test_without_an_independent_unit_the_others_of_intake_receive_it(agency: Agency) -> None:
    case = file_case(about="supervisor")
    assert case.unit == agency.root
    assert seers(case) == {"intake", "head", "quality", "auditor"}


def test_accused_intake_never_sees_it(agency: Agency, inspectorate: Unit) -> None:
    case = file_case(about="Intake")
    assert case.unit == inspectorate
    assert "intake" not in seers(case)
    do(case, "accept", named("inspector"), category="water", unit="roads")


def test_where_the_inspectorate_itself_is_accused_intake_receives_it(agency, inspectorate) -> None:
    case = file_case(about_unit="inspectorate")
    assert case.unit == agency.root
    assert seers(case) == {"intake", "head", "quality", "auditor"}


def test_a_complaint_about_the_whole_agency_is_seen_by_the_independent_and_the_auditor(
    agency, inspectorate
) -> None:
    case = file_case(about_unit="root")
    assert case.unit == inspectorate
    assert seers(case) == {"inspector", "auditor"}


def test_of_a_complaint_about_a_unit_nobody_there_sees_anything_and_those_above_do(agency) -> None:
    pumps = Unit.objects.create(code="pumps", name="Pompa", parent=agency.water)
    Membership.objects.create(user=agency.roads_officer, unit=pumps, role=Role.LEADER)
    case = do(walk(agency, "assign"), "about", agency.supervisor, unit="roads", reason="Disebut.")
    assert seers(case) == {"officer", "officer2", "supervisor", "head", "quality", "auditor"}
    case = do(case, "about", agency.head, unit="water", reason="Kantor itu sendiri.")
    assert (case.unit, seers(case)) == (agency.root, {"intake", "head", "quality", "auditor"})


@pytest.mark.parametrize("role", PEOPLE)
def test_whom_it_is_about_finds_it_nowhere_whatever_their_role(agency: Agency, role: str) -> None:
    case, other = walk(agency, "work"), walk(agency, "work", text="Pipa bocor di RT 05 lagi.")
    accused = named(role)
    listed = {other.pk} & {
        row["pk"] for row in queues.page(queues.cases_in("all", accused), "all").rows
    }
    before = queues.counts(accused)
    Case.objects.filter(pk=case.pk).update(about_people=[accused.pk])
    accused, case = named(role), Case.objects.get(pk=case.pk)
    assert not can_see(accused, case)
    for view in queues.View:
        rows = queues.page(queues.cases_in(view, accused), view).rows
        assert case.pk not in {row["pk"] for row in rows}
    everything = queues.page(queues.cases_in("all", accused), "all").rows
    assert {row["pk"] for row in everything} == listed
    assert not found_in(Case.objects.visible_to(accused), "galon RT 03").filter(pk=case.pk).exists()
    if listed:
        assert queues.counts(accused)["unit"] == str(int(before["unit"]) - 1)


def test_the_accused_cannot_be_chosen_and_are_told_nothing(agency: Agency, inspectorate) -> None:
    case = file_case(about="Officer2")
    case = do(case, "accept", named("inspector"), category="water", unit="water")
    with pytest.raises(Invalid) as refusal:
        do(case, "assigned", agency.supervisor, assignee="officer2")
    assert "assignee" in refusal.value.errors
    do(case, "assigned", agency.supervisor, assignee="officer")
    assert not Notification.objects.filter(user=agency.officer2).exists()
    assert not Outbox.objects.filter(user=agency.officer2).exists()


@pytest.mark.parametrize("exit_", ["accept", "transfer"])
def test_no_unit_that_an_accused_leads_gets_it(agency: Agency, inspectorate, exit_: str) -> None:
    if exit_ == "accept":
        case, by, payload = file_case(about="Supervisor"), named("inspector"), {"category": "water"}
    else:
        case = do(walk(agency, "assign", category="water"), "transfer", agency.head, unit="roads")
        Case.objects.filter(pk=case.pk).update(about_people=[agency.supervisor.pk])
        case, by, payload = Case.objects.get(pk=case.pk), agency.head, {}
    with pytest.raises(Invalid) as refusal:
        do(case, exit_, by, unit="water", **payload)
    assert "unit" in refusal.value.errors
    case.refresh_from_db()
    assert case.unit != agency.water


def test_what_the_category_names_is_held_to_the_same_rule(agency: Agency, inspectorate) -> None:
    with pytest.raises(Invalid):
        do(file_case(about="Supervisor"), "accept", named("inspector"), category="water")


def test_the_inspectorate_handles_a_complaint_about_the_head_of_all(agency, inspectorate) -> None:
    Membership.objects.create(user=named("inspector"), unit=inspectorate, role=Role.OFFICER)
    case = file_case(about="Head")
    case = do(case, "accept", named("inspector"), category="water", unit="inspectorate")
    case = do(case, "claim", named("inspector"))
    assert case.stage == "work"


def test_triage_puts_right_who_was_not_meant(agency: Agency, inspectorate: Unit) -> None:
    case = file_case(about="Ibu Supervisor dari kantor pos")
    assert "supervisor" not in seers(case)
    case = do(case, "about", named("inspector"), people="", reason="Orang kantor pos.")
    assert (case.about_people, case.unit) == ([], agency.root)
    case = do(case, "accept", agency.intake, category="water", unit="water")
    assert "supervisor" in seers(case)


def test_whom_it_is_about_is_settled_with_a_reason_and_told_in_the_history(agency, inspectorate):
    rename(agency.officer2, "Bayu", "Prakoso")
    case = do(file_case(), "about", agency.intake, people="Officer2", reason="Namanya disebut.")
    event = case.events.get(kind="about")
    assert (event.text, event.audience) == ("Namanya disebut.", "internal")
    assert event.data == {"people": [agency.officer2.pk], "from": "root", "unit": "inspectorate"}
    client = Client()
    client.force_login(named("inspector"))
    assert "Bayu Prakoso" in client.get(f"/desk/cases/{case.reference}/").content.decode()


@pytest.mark.parametrize(
    ("payload", "field"),
    [
        ({"people": "nobody.at.all", "reason": "x"}, "people"),
        ({"unit": "moon", "reason": "x"}, "unit"),
        ({"people": "officer2"}, "reason"),
        ({"people": ["officer2"], "reason": "x"}, "people"),
    ],
)
def test_a_wrong_answer_about_whom_changes_nothing(agency, payload, field) -> None:
    case = file_case()
    with pytest.raises(Invalid) as refusal:
        do(case, "about", agency.intake, **payload)
    assert field in refusal.value.errors
    case.refresh_from_db()
    assert (case.about_people, case.event_count) == ([], 1)


def test_somebody_must_be_left_who_can_handle_it(agency: Agency) -> None:
    case = file_case()
    with pytest.raises(Invalid) as refusal:
        do(case, "about", agency.intake, people="intake, head", reason="Semua.")
    assert "__all__" in refusal.value.errors


def test_an_assignee_whom_it_turns_out_to_be_about_loses_it_and_those_above_are_told(agency):
    case = do(walk(agency, "work"), "about", agency.supervisor, people="officer", reason="Ia.")
    assert not can_see(named("officer"), case)
    assert Notification.objects.filter(user=agency.head, case=case).exists() or (
        Notification.objects.filter(user=agency.supervisor, case=case).exists()
    )
    do(case, "reassign", agency.supervisor, assignee="officer2")


@pytest.mark.parametrize("stage", ["assign", "work", "on_hold", "review", "confirm"])
def test_a_case_about_who_leads_its_unit_leaves_those_who_answer_to_them(agency, stage) -> None:
    case = walk(agency, stage, category="bills" if stage == "review" else "water")
    case = do(case, "about", agency.head, people="supervisor", reason="Ia.")
    assert (case.unit, case.assignee, case.stage) == (agency.root, None, stage)
    assert seers(case) == {"intake", "head", "quality", "auditor"}
    event = case.events.get(kind="about")
    assert (event.data["from"], event.data["unit"]) == ("water", "root")
    if stage != "assign":
        case = do(case, "reassign", agency.head, assignee="head")
    assert not {"officer", "officer2"} & seers(case)


def test_a_case_about_who_leads_them_all_goes_to_the_independent_ones(agency, inspectorate) -> None:
    Membership.objects.create(user=named("inspector"), unit=inspectorate, role=Role.OFFICER)
    case = do(walk(agency, "work"), "about", agency.supervisor, people="head", reason="Ia.")
    assert (case.unit, seers(case)) == (inspectorate, {"inspector", "quality", "auditor"})


def test_a_clerk_who_files_a_complaint_about_themselves_does_not_see_it_again(agency) -> None:
    said = {"text": "Saya diminta membayar di loket.", "identity": "withheld", "channel": "counter"}
    case = filing.file(said | {"about": "Intake"}, by=agency.intake).case
    assert not can_see(named("intake"), case)
