"""What a member of staff has before them, and in which order."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from casework import queues, search
from casework.models import Case
from casework.search import found_in
from tests.agency import Agency, citizen, do, file_case, walk

STAGES = [
    "triage",
    "wait_triage",
    "assign",
    "work",
    "wait_work",
    "on_hold",
    "review",
    "confirm",
    "closed",
    "auto_closed",
    "lapsed",
]
#: What `officer` and `head` find in each view, by stage; `head` is assigned nothing.
VIEWS = {
    ("officer", "mine"): "work wait_work on_hold review confirm",
    ("officer", "unit"): "assign work wait_work on_hold review confirm",
    ("officer", "unassigned"): "assign",
    ("officer", "waiting"): "wait_work confirm",
    ("officer", "all"): "assign work wait_work on_hold review confirm closed auto_closed lapsed",
    ("head", "mine"): "",
    ("head", "unit"): "triage wait_triage assign work wait_work on_hold review confirm",
    ("head", "unassigned"): "triage assign",
    ("head", "waiting"): "wait_triage wait_work confirm",
    ("head", "all"): " ".join(STAGES),
}


def stages(user: User, view: str) -> list[str]:
    return sorted(queues.cases_in(view, user).values_list("stage", flat=True))


@pytest.fixture
def one_of_each(agency: Agency) -> None:
    for stage in STAGES:
        walk(agency, stage, category="bills" if stage == "review" else "water")


def test_each_view_holds_the_cases_it_names(agency: Agency, one_of_each: None):
    for (name, view), held in VIEWS.items():
        assert stages(getattr(agency, name), view) == sorted(held.split()), (name, view)


def test_a_view_that_there_is_not_shows_the_live_ones(agency: Agency, one_of_each: None):
    assert stages(agency.head, "nonsense") == stages(agency.head, "unit")


def test_a_claimed_case_is_unassigned_no_more(agency: Agency):
    case = do(file_case(), "claim", agency.intake)
    assert stages(agency.intake, "unassigned") == []
    assert stages(agency.intake, "mine") == ["triage"]
    do(case, "withdraw", citizen(case))
    assert stages(agency.intake, "mine") == []


def many(count: int) -> list[Case]:
    """Cases received a minute apart, the last two at the same moment."""
    cases, now = [], timezone.now()
    for number in range(count):
        cases.append(file_case())
        at = now - timedelta(minutes=max(count - number, 2))
        Case.objects.filter(pk=cases[-1].pk).update(received_at=at)
    return cases


def pages(user: User, view: str) -> list[list[int]]:
    found, after = [], ""
    while True:
        page = queues.page(queues.cases_in(view, user), view, after)
        found.append([row["pk"] for row in page.rows])
        if not (after := page.next):
            return found


@pytest.mark.parametrize(("view", "newest_first"), [("unit", False), ("all", True)])
def test_pages_follow_each_other_oldest_first_but_of_all_newest_first(
    agency: Agency, monkeypatch: pytest.MonkeyPatch, view: str, newest_first: bool
):
    monkeypatch.setattr(queues, "PAGE", 2)
    keys = [case.pk for case in many(5)]
    if newest_first:
        keys.reverse()
    assert pages(agency.intake, view) == [keys[:2], keys[2:4], keys[4:]]


@pytest.mark.parametrize("view", ["unit", "all"])
def test_pages_lead_back_the_way_they_came(
    agency: Agency, monkeypatch: pytest.MonkeyPatch, view: str
):
    monkeypatch.setattr(queues, "PAGE", 2)
    many(6)
    cases = queues.cases_in(view, agency.intake)
    first = queues.page(cases, view)
    second = queues.page(cases, view, after=first.next)
    third = queues.page(cases, view, after=second.next)
    assert queues.page(cases, view, before=third.previous) == second
    assert queues.page(cases, view, before=second.previous) == first
    assert first.previous == third.next == ""


@pytest.mark.parametrize("way", ["after", "before"])
def test_a_page_whose_cases_are_gone_is_the_first(
    agency: Agency, monkeypatch: pytest.MonkeyPatch, way: str
):
    monkeypatch.setattr(queues, "PAGE", 2)
    many(4)
    cases = queues.cases_in("unit", agency.intake)
    case = cases.order_by("due_rank", "pk")[{"after": 3, "before": 1}[way]]
    cursor = f"{case.due_rank!r}_{case.pk}"
    assert queues.page(cases, "unit", **{way: cursor}) == queues.page(cases, "unit")


def test_a_full_last_page_has_no_next(agency: Agency, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(queues, "PAGE", 2)
    keys = [case.pk for case in many(4)]
    assert pages(agency.intake, "unit") == [keys[:2], keys[2:]]


@pytest.mark.parametrize("cursor", ["", "x", "1_2_3", "_", "1e400_1", "nan_1", "1_x", "9" * 40])
def test_what_is_no_cursor_begins_at_the_beginning(agency: Agency, cursor: str):
    case = file_case()
    page = queues.page(queues.cases_in("unit", agency.intake), "unit", cursor)
    assert [row["pk"] for row in page.rows] == [case.pk]


def test_views_are_counted_as_far_as_anybody_needs(agency: Agency, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(queues, "MANY", 2)
    assert not any(int(count) for count in queues.counts(agency.intake).values())
    many(2)
    assert queues.counts(agency.intake) == {"unit": "2", "unassigned": "2"}
    do(file_case(), "ask", agency.intake, text="Di mana?")
    assert queues.counts(agency.intake) == {"unit": "2+", "unassigned": "2", "waiting": "1"}


@pytest.mark.parametrize(
    ("words", "found"),
    [("galon", True), ("menggalon", True), ("gallon", True), ("jembatan", False), ("\x00", False)],
)
def test_search_finds_by_stem_and_else_by_likeness(agency: Agency, words: str, found: bool):
    case, other = file_case(), file_case(text="Lampu jalan padam sejak Senin malam.")
    hits = set(found_in(Case.objects.all(), words))
    assert (case in hits) == found
    assert other not in hits


@pytest.mark.parametrize("rare", [0, 1_000])
@pytest.mark.parametrize(
    "words", ["tunggu", "menunggu", "ditunggu", '"lama tunggu" or menunggu', "tunggu -kirim"]
)
def test_search_finds_a_verb_with_and_without_the_letter_that_its_prefix_swallows(
    agency: Agency, words: str, rare: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(search, "RARE", rare)
    waits = {file_case(text="Kami lama tunggu air."), file_case(text="Anak-anak menunggu bus.")}
    sends = file_case(text="Kami lama tunggu, lalu mengirim surat.")
    hits = set(found_in(Case.objects.all(), words))
    assert hits == (waits if "-kirim" in words else waits | {sends})


@pytest.mark.parametrize("words", ["o'clock kirim", "it''s 'kirim'", "\\kirim", "kirim:* & |", "'"])
def test_no_sign_in_the_words_breaks_the_search(agency: Agency, words: str):
    file_case(text="Kami mengirim surat.")
    assert found_in(Case.objects.all(), words).count() <= 1
