"""What lifts a case to the second level, what does not, and who may act there."""

import pytest

from accounts.models import Membership, Unit, User
from accounts.rights import Role
from casework.models import Case
from tests.agency import Agency, citizen, do, file_case, walk
from tests.workflows.stages import anything
from workflows.actions import act, acts_for
from workflows.errors import Forbidden, Invalid

ANSWER = {"text": "Pompa sudah diganti."}
AGAIN = {"reason": "Tetap mati.", "someone_else": False}
ANOTHER = {"reason": "Minta yang lain.", "someone_else": True}
#: What only clean hands do.
DECISIONS = {
    "triage": ("accept", "ask", "reject", "refer", "merge", "claim"),
    "assign": ("assigned", "claim", "transfer", "return", "refer", "merge"),
    "work": ("respond", "ask", "hold", "transfer", "return", "refer", "merge", "message"),
}


def person(name: str, *roles: tuple[str, Unit]) -> User:
    user = User.objects.create(username=name)
    for role, unit in roles:
        Membership.objects.create(user=user, unit=unit, role=role)
    return user


def refused(case: Case, actor: User, names: tuple[str, ...]) -> bool:
    """Whether the door refuses all of these to somebody who may otherwise do them."""
    payload = anything(file_case())
    for name in names:
        assert name not in acts_for(case, actor)
        with pytest.raises(Forbidden):
            act(case, name, actor, **payload)
    return True


def test_the_first_dispute_after_a_lapse_is_still_the_first(agency: Agency):
    case = walk(agency, "lapsed")
    case = do(case, "answered", citizen(case), text="Dua belas rumah.")
    case = do(case, "accept", agency.head, category="water", unit="roads")
    case = do(case, "claim", agency.roads_officer)
    case = do(case, "respond", agency.roads_officer, **ANSWER)
    case = do(case, "dispute", citizen(case), reason="Masih mati.")
    assert (case.cycle, case.level) == (3, 1)


def test_the_second_dispute_lifts_it(agency: Agency):
    case = walk(agency, "confirm")
    case = do(case, "dispute", citizen(case), reason="Masih mati.")
    assert case.level == 1
    case = do(case, "claim", agency.officer)
    case = do(case, "respond", agency.officer, **ANSWER)
    case = do(case, "dispute", citizen(case), reason="Tetap mati.")
    assert (case.cycle, case.level) == (3, 2)


@pytest.mark.parametrize("stage", ["closed", "auto_closed"])
def test_a_reopening_counts_as_a_dispute(agency: Agency, stage: str):
    case = walk(agency, stage)
    case = do(case, "reopen", citizen(case), **AGAIN)
    assert (case.cycle, case.level, case.assignee) == (2, 1, None)
    case = do(case, "claim", agency.officer)
    case = do(case, "respond", agency.officer, **ANSWER)
    case = do(case, "dispute", citizen(case), **AGAIN)
    assert (case.cycle, case.level) == (3, 2)


def test_a_dispute_and_then_a_reopening_lift_it(agency: Agency):
    case = walk(agency, "confirm")
    case = do(case, "dispute", citizen(case), **AGAIN)
    case = do(case, "claim", agency.officer)
    case = do(case, "respond", agency.officer, **ANSWER)
    case = do(case, "confirm", citizen(case))
    done = act(case, "reopen", citizen(case), **AGAIN)
    assert (done.case.cycle, done.case.level) == (3, 2)
    assert (done.event.data["level"], done.event.data["cycle"]) == (2, 3)


OF_ONES_OWN = {"reason": "Pompa rusak lagi."}
BY_PHONE = {"channel": "phone", "proof": "Tahu kode rahasia."}


def answered_anew(case: Case, agency: Agency) -> Case:
    return do(do(case, "claim", agency.officer), "respond", agency.officer, **ANSWER)


def test_what_a_supervisor_reopens_of_their_own_accord_is_no_dispute(agency: Agency):
    case = do(walk(agency, "closed"), "reopen", agency.supervisor, **OF_ONES_OWN)
    assert (case.cycle, case.level) == (2, 1)
    case = do(answered_anew(case, agency), "dispute", citizen(case), **AGAIN)
    assert (case.cycle, case.level) == (3, 1), "the complainant's first"
    case = do(answered_anew(case, agency), "confirm", citizen(case))
    case = do(case, "reopen", agency.supervisor, **OF_ONES_OWN)
    assert (case.cycle, case.level) == (4, 1)
    case = do(answered_anew(case, agency), "dispute", citizen(case), **AGAIN)
    assert (case.cycle, case.level) == (5, 2), "the complainant's second"


def test_a_reopening_that_staff_record_for_the_complainant_counts(agency: Agency):
    case = do(walk(agency, "closed"), "reopen", agency.supervisor, **OF_ONES_OWN, **BY_PHONE)
    case = do(answered_anew(case, agency), "dispute", citizen(case), **AGAIN)
    assert (case.cycle, case.level) == (3, 2)


def test_only_the_complainant_wishes_for_somebody_else(agency: Agency):
    case = walk(agency, "closed")
    with pytest.raises(Invalid) as refused:
        act(case, "reopen", agency.supervisor, **ANOTHER)
    assert set(refused.value.errors) == {"someone_else"}
    assert do(case, "reopen", agency.supervisor, **ANOTHER, **BY_PHONE).level == 2


@pytest.mark.parametrize("stage", ["rejected", "referred"])
def test_a_contest_is_judged_at_the_second_level_at_once(agency: Agency, stage: str):
    case = walk(agency, stage)
    done = act(case, "contest", citizen(case), **AGAIN)
    assert (done.case.level, done.case.cycle, done.case.assignee) == (2, 2, None)
    assert (done.event.data["level"], done.event.data["cycle"]) == (2, 2)
    assert refused(done.case, agency.intake, DECISIONS["triage"])
    assert do(done.case, "accept", agency.head, category="water", unit="water").stage == "assign"


def test_who_referred_from_work_does_not_decide_again(agency: Agency):
    case = do(walk(agency, "work"), "refer", agency.supervisor, body="PLN", reason="Urusan PLN")
    case = do(case, "contest", citizen(case), **AGAIN)
    case = do(case, "accept", agency.head, category="water", unit="water")
    assert refused(case, agency.supervisor, DECISIONS["assign"])


def test_who_answered_decides_nothing_more_at_any_stage(agency: Agency):
    case = do(walk(agency, "work"), "respond", agency.supervisor, **ANSWER)
    case = do(case, "dispute", citizen(case), **ANOTHER)
    assert refused(case, agency.supervisor, DECISIONS["assign"])
    assert refused(case, agency.officer2, ("claim",)), "a subordinate of who answered"
    with pytest.raises(Invalid):
        act(case, "assigned", agency.head, assignee="officer2")
    case = do(case, "claim", agency.head)
    assert refused(case, agency.supervisor, (*DECISIONS["work"], "reassign"))
    with pytest.raises(Invalid):
        act(case, "reassign", agency.head, assignee="supervisor")
    assert do(case, "respond", agency.head, **ANSWER).stage == "confirm"


def test_who_approved_decides_nothing_more(agency: Agency):
    case = do(walk(agency, "review", category="bills"), "approve", agency.supervisor)
    assert set(case.decided_by) == {agency.officer.pk, agency.supervisor.pk}
    case = do(case, "dispute", citizen(case), **ANOTHER)
    assert refused(case, agency.supervisor, DECISIONS["assign"])
    assert refused(case, agency.officer, ("claim",))
    assert "claim" in acts_for(case, agency.head)


def test_at_the_first_level_who_answered_goes_on(agency: Agency):
    case = walk(agency, "confirm")
    case = do(case, "dispute", citizen(case), **AGAIN)
    assert case.decided_by == [agency.officer.pk]
    assert do(case, "claim", agency.officer).stage == "work"


def test_who_decided_twice_is_remembered_once(agency: Agency):
    case = walk(agency, "confirm")
    case = do(case, "recall", agency.officer)
    case = do(case, "respond", agency.officer, **ANSWER)
    assert case.decided_by == [agency.officer.pk]


def test_a_peer_of_the_supervisor_who_answered_decides(agency: Agency):
    """Who supervises the unit too is nobody's subordinate in it."""
    peer = person("peer", (Role.SUPERVISOR, agency.water))
    case = do(walk(agency, "work"), "respond", agency.supervisor, **ANSWER)
    case = do(case, "dispute", citizen(case), **ANOTHER)
    assert "assigned" in acts_for(case, peer)


def test_who_works_below_in_another_place_is_a_subordinate_all_the_same(agency: Agency):
    below = Unit.objects.create(code="pumps", name="Pompa", parent=agency.water)
    both = person("both", (Role.OFFICER, agency.water), (Role.SUPERVISOR, below))
    case = do(walk(agency, "work"), "respond", agency.supervisor, **ANSWER)
    case = do(case, "dispute", citizen(case), **ANOTHER)
    assert refused(case, both, ("claim",))


def test_an_officer_beside_the_officer_who_answered_is_no_subordinate(agency: Agency):
    case = walk(agency, "confirm")
    case = do(case, "dispute", citizen(case), **ANOTHER)
    assert do(case, "claim", agency.officer2).assignee == agency.officer2


def test_where_every_supervisor_decided_they_decide_again_and_no_officer_who_did(
    agency: Agency,
):
    case = do(walk(agency, "work"), "respond", agency.supervisor, **ANSWER)
    case = do(case, "dispute", citizen(case), **AGAIN)
    case = do(case, "claim", agency.officer)
    case = do(case, "respond", agency.officer, **ANSWER)
    case = do(case, "recall", agency.officer)
    case = do(case, "respond", agency.head, **ANSWER)
    case = do(case, "dispute", citizen(case), **AGAIN)
    assert case.level == 2
    assert {"assigned", "claim"} <= set(acts_for(case, agency.supervisor))
    assert "assigned" in acts_for(case, agency.head)
    assert refused(case, agency.officer, ("claim",))
    assert do(case, "assigned", agency.supervisor, assignee="officer2").stage == "work"


def test_where_one_supervisor_is_nobodys_subordinate_the_others_do_not_decide(agency: Agency):
    peer = person("peer", (Role.SUPERVISOR, agency.root))
    case = do(walk(agency, "work"), "respond", agency.head, **ANSWER)
    case = do(case, "dispute", citizen(case), **ANOTHER)
    assert refused(case, agency.supervisor, DECISIONS["assign"])
    assert refused(case, agency.officer2, ("claim",))
    assert "assigned" in acts_for(case, peer)


def lifted(agency: Agency, category: str = "water") -> Case:
    """At the second level, in the hands of `officer2`, after `officer` had answered."""
    stage = "review" if category == "bills" else "confirm"
    case = walk(agency, stage, category=category)
    case = do(case, "note", agency.officer2, text="Saya bukan yang menjawab.")
    case = do(case, "approve", agency.head) if stage == "review" else case
    case = do(case, "dispute", citizen(case), **ANOTHER)
    assert case.level == 2
    return do(case, "assigned", agency.supervisor, assignee="officer2")


def test_who_answers_at_the_second_level_goes_on_there(agency: Agency):
    """Unclean hands are those from before: what one says there can be recalled and bettered."""
    case = do(lifted(agency), "respond", agency.officer2, **ANSWER)
    case = do(case, "message", agency.officer2, text="Tanggalnya menyusul.")
    case = do(case, "recall", agency.officer2)
    case = do(case, "respond", agency.officer2, **ANSWER)
    with pytest.raises(Forbidden):
        act(case, "confirm", agency.officer2, channel="phone", proof="Tahu kode rahasia.")


@pytest.mark.parametrize(("stage", "name"), [("rejected", "contest"), ("closed", "reopen")])
def test_so_it_is_however_the_case_was_lifted(agency: Agency, stage: str, name: str):
    case = walk(agency, stage)
    case = do(case, name, citizen(case), **ANOTHER)
    if case.stage == "triage":
        case = do(case, "accept", agency.head, category="water", unit="water")
    case = do(case, "claim", agency.officer2)
    case = do(case, "respond", agency.officer2, **ANSWER)
    assert do(case, "recall", agency.officer2).stage == "work"


def test_a_draft_that_is_returned_at_the_second_level_is_bettered_by_its_officer(agency: Agency):
    case = do(lifted(agency), "respond", agency.officer2, **ANSWER)
    assert case.stage == "confirm"
    case = lifted(agency, "bills")
    case = do(case, "respond", agency.officer2, **ANSWER)
    case = do(case, "return", agency.supervisor, reason="Sebutkan tanggalnya.")
    case = do(case, "respond", agency.officer2, **ANSWER)
    assert do(case, "approve", agency.supervisor).stage == "confirm"


def test_a_supervisor_who_left_is_no_one_left_to_decide(agency: Agency):
    case = do(walk(agency, "work"), "respond", agency.supervisor, **ANSWER)
    case = do(case, "dispute", citizen(case), **ANOTHER)
    User.objects.filter(username="head").update(is_active=False)
    assert "assigned" in acts_for(case, agency.supervisor)


def test_of_a_restricted_case_only_the_cleared_are_left_to_decide(agency: Agency):
    Membership.objects.filter(user=agency.supervisor).update(handles_restricted=True)
    case = do(file_case(), "accept", agency.intake, category="graft", unit="water")
    case = do(case, "claim", User.objects.get(username="supervisor"))
    case = do(case, "respond", User.objects.get(username="supervisor"), **ANSWER)
    case = do(case, "dispute", citizen(case), **ANOTHER)
    assert "assigned" in acts_for(case, User.objects.get(username="supervisor"))


def test_a_case_returned_to_triage_is_nobodys(agency: Agency):
    case = do(walk(agency, "work"), "return", agency.officer, reason="Salah unit.")
    assert case.assignee is None


def test_a_returned_draft_stays_with_its_officer(agency: Agency):
    case = walk(agency, "review", category="bills")
    case = do(case, "return", agency.supervisor, reason="Sebutkan tanggalnya.")
    assert (case.stage, case.assignee) == ("work", agency.officer)
