"""What the desk shows of due dates: the queue, the case, and the view of what is late."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from casework.models import Case
from tests.agency import Agency, citizen, do, file_case
from tests.clockwork import at, clock_of, on, policy, rule, target
from tests.desk.pages import address, at_desk
from tests.ledgers import noted, promised
from workflows import shown

NOON = "2026-11-24 12:36"
ROW = re.compile(r'<td role="cell" data-col="due">(.*?)</td>', re.DOTALL)
LINE = re.compile(r'<span class="due" data-state="(\w+)"[^>]*>(.*?)</svg></span>', re.DOTALL)


@pytest.fixture(autouse=True)
def targets(agency: Agency) -> None:
    policy(
        rule(
            "all",
            {
                "first_response": target(5),
                "resolution": target(14, extension=10),
                "next_update": target(4, starts_on="replied"),
            },
        )
    )


def in_work(agency: Agency, when: str, text: str = "Air mati empat hari di RT 03.") -> Case:
    with on(when):
        case = do(file_case(text=text), "accept", agency.intake, category="water", unit="water")
        return do(case, "assigned", agency.supervisor, assignee="officer")


def answered_in_work(agency: Agency, when: str) -> Case:
    case = in_work(agency, when)
    with on(when):
        return do(case, "message", agency.officer, text="Kami periksa.")


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def cells(agency: Agency, query: str = "", now: str = NOON, language: str = "en") -> list[str]:
    """The column of due dates, from the top."""
    with on(now):
        html = at_desk(agency.officer, language).get(f"/desk/{query}").text
    return ROW.findall(html)


def dues(agency: Agency, case: Case, now: str = NOON, language: str = "en") -> list[str]:
    """The lines in the head of the case, each with its state."""
    with on(now):
        html = at_desk(agency.officer, language).get(address(case)).text
    head = html.partition('id="case-head"')[2].partition("why-due")[0]
    return [f"{state}: {text_of(words)}" for state, words in LINE.findall(head)]


def test_the_queue_says_when_a_case_is_due_and_draws_how_much_is_used(agency: Agency) -> None:
    answered_in_work(agency, "2026-11-18 09:41")
    [cell] = cells(agency)
    assert 'class="due" data-state="soon"' in cell
    assert text_of(cell) == "3 h left, Next news: Tuesday 24 November 2026, 16:00 WIB"
    assert 'title="Next news: Tuesday 24 November 2026, 16:00 WIB"' in cell
    assert '<rect class="track" y="2" width="100" height="2"/>' in cell
    assert re.search(r'<rect class="fill" y="1" width="9\d" height="4"/>', cell)
    [cell] = cells(agency, language="id")
    assert text_of(cell) == "3 j lagi, Kabar berikutnya: Selasa 24 November 2026, 16.00 WIB"


def test_what_is_late_has_a_gap_where_it_was_due(agency: Agency) -> None:
    in_work(agency, "2026-11-12 08:14")
    [cell] = cells(agency)
    assert 'data-state="late"' in cell
    assert text_of(cell).startswith("2 days late, First response: Thursday 19 November 2026")
    assert re.search(r'<rect class="tick" x="6\d" width="2" height="6"/>', cell)


def test_a_pause_says_for_whom_we_wait_and_has_no_track(agency: Agency) -> None:
    asked, held = (in_work(agency, "2026-11-12 08:14") for _n in range(2))
    with on("2026-11-16 10:05"):
        do(asked, "ask", agency.officer, text="Berapa rumah yang terdampak?")
        do(held, "hold", agency.officer, reason="Menunggu PLN", until="2026-11-30")
    said = cells(agency, language="id")
    assert [text_of(cell) for cell in said] == [
        "jeda: menunggu pelapor",
        "jeda: menunggu pihak lain, s.d. 30 Nov",
    ]
    assert all('data-state="paused"' in cell and "track" not in cell for cell in said)


def test_a_case_without_a_clock_says_that_in_words(agency: Agency) -> None:
    Case.objects.filter(pk=in_work(agency, "2026-11-12 08:14").pk).update(
        next_due_at=None, due_state="none", turns_at=None, due_facts={}
    )
    [cell] = cells(agency)
    assert text_of(cell) == "–no date"  # noqa: RUF001


def test_the_most_urgent_is_on_top_and_what_is_paused_comes_last(agency: Agency) -> None:
    paused = in_work(agency, "2026-11-02 09:00")
    with on("2026-11-03 09:00"):
        do(paused, "ask", agency.officer, text="Berapa rumah yang terdampak?")
    later, late = in_work(agency, "2026-11-23 09:00"), in_work(agency, "2026-11-10 09:00")
    soon = answered_in_work(agency, "2026-11-18 09:00")
    with on(NOON):
        page = at_desk(agency.officer).get("/desk/")
    ordered = [row["reference"] for row in page.context["rows"]]
    assert ordered == [case.reference for case in (late, soon, later, paused)]
    assert "the most urgent on top" in page.text
    assert page.text.count('aria-sort="ascending"') == 1


def test_what_is_late_is_a_view_whether_a_sweep_ran_or_not(agency: Agency) -> None:
    late, soon = in_work(agency, "2026-11-10 09:00"), answered_in_work(agency, "2026-11-18 09:00")
    paused = in_work(agency, "2026-11-02 09:00")
    with on("2026-11-03 09:00"):
        do(paused, "ask", agency.officer, text="Berapa rumah yang terdampak?")

    def found(now: str) -> set[str]:
        with on(now):
            page = at_desk(agency.officer).get("/desk/?view=late")
        return {row["reference"] for row in page.context["rows"]}

    assert found("2026-11-17 16:00") == set(), "due then, and not a moment later"
    assert found("2026-11-17 16:01") == {late.reference}
    assert found(NOON) == {late.reference}
    assert found("2026-11-24 16:01") == {late.reference, soon.reference}
    with on(NOON):
        html = at_desk(agency.officer).get("/desk/").text
    assert re.search(
        r'id="view-late"[^>]*>Past the due date <span class="count" data-tone="late">1<', html
    )
    with on("2026-11-03 10:00"):
        html = at_desk(agency.officer).get("/desk/").text
    assert re.search(r'id="view-late"[^>]*>Past the due date <span class="count">0<', html)


@pytest.mark.parametrize("hours", range(0, 24 * 18, 7))
def test_queue_and_case_say_the_same_at_every_moment(agency: Agency, hours: int) -> None:
    case = answered_in_work(agency, "2026-11-16 09:41")
    now = at("2026-11-16 10:00") + timezone.timedelta(hours=hours)
    row = Case.objects.filter(pk=case.pk).values(
        "next_due_at", "due_state", "turns_at", "due_facts"
    )
    clock = clock_of(case, "next_update")
    with timezone.override("Asia/Jakarta"):
        assert shown.of_row(row[0], now) == shown.of_clock(clock, now)


def test_a_full_page_asks_the_database_no_more_than_a_short_one(agency: Agency) -> None:
    client = at_desk(agency.officer)

    def statements() -> int:
        with on(NOON):
            client.get("/desk/")
            with CaptureQueriesContext(connection) as asked:
                client.get("/desk/")
        return len(asked)

    in_work(agency, "2026-11-20 09:00")
    few = statements()
    for day in range(10, 20):
        in_work(agency, f"2026-11-{day} 09:00")
    assert statements() == few


def test_the_head_of_a_case_has_the_nearest_first_and_then_what_was_kept(agency: Agency) -> None:
    case = in_work(agency, "2026-11-12 08:14")
    with on("2026-11-16 10:05"):
        case = do(case, "ask", agency.officer, text="Berapa rumah yang terdampak?")
    with on("2026-11-17 14:20"):
        case = do(case, "answered", citizen(case), text="Sekitar 40 rumah.")
    with on("2026-11-18 09:41"):
        do(case, "message", agency.officer, text="Teknisi memeriksa pompa hari ini.")
    full = ["Tuesday 24 November", "Thursday 3 December", "Monday 16 November"]
    said = dues(agency, case)
    assert [line.partition(f", {day}")[0] for line, day in zip(said, full, strict=True)] == [
        "soon: Next news: today 16:00 WIB, 3 h left",
        "calm: Answer: Thursday 3 December 2026, 7 working days left",
        "kept: First response: 16 Nov, in time",
    ]
    said = dues(agency, case, language="id")
    assert said[0].startswith("soon: Kabar berikutnya: hari ini 16.00 WIB, 3 j lagi, ")
    assert said[1].startswith("calm: Jawaban: Kamis 3 Desember 2026, 7 hari kerja lagi, ")
    assert said[2].startswith("kept: Tanggapan pertama: 16 Nov, tepat waktu, ")


def test_what_was_answered_late_stays_late(agency: Agency) -> None:
    case = in_work(agency, "2026-11-10 09:00")
    with on("2026-11-18 09:00"):
        case = do(case, "message", agency.officer, text="Kami periksa.")
    assert any(
        line.startswith("missed: First response: 18 Nov, too late") for line in dues(agency, case)
    )


def test_a_date_that_was_moved_after_it_passed_says_that_it_was_missed(agency: Agency) -> None:
    case = answered_in_work(agency, "2026-11-02 09:00")
    noted(case, "resolution", "extended", "2026-11-23 09:00", amount=5, by=agency.supervisor.pk)
    [line] = [line for line in dues(agency, case) if "Answer" in line]
    assert "Friday 27 November 2026, 3 working days left (missed on 20 Nov)" in line


def test_every_clock_is_explained_and_earlier_cycles_are_folded_below(agency: Agency) -> None:
    case = in_work(agency, "2026-11-10 09:00")
    with on("2026-11-12 09:00"):
        case = do(case, "respond", agency.officer, text="Pompa sudah diganti.")
    with on("2026-11-13 09:00"):
        case = do(case, "dispute", citizen(case), reason="Masih keruh.")
    promised(case, "2026-11-13 09:01", "2026-12-16 16:00")
    with on(NOON):
        html = at_desk(agency.officer).get(address(case)).text
    why = html.partition('id="why-due"')[2].partition("</details>")[0]
    assert "Explain this due date" in why
    titles = [text_of(title) for title in re.findall(r"<h2[^>]*>(.*?)</h2>", why)]
    assert titles == ["Answer", "Promise", "Cycle 1, which is over"]
    assert "19 Nov" not in why and "The case was taken up again." in text_of(why)
    assert "A set date: Wednesday 16 December 2026, 16:00 WIB." in text_of(why)
    assert "Answer: 12 Nov, in time" in text_of(why.partition("Cycle 1")[2])
    assert "Time acts on" not in html


def test_the_case_page_asks_for_clocks_and_their_sources_at_once(agency: Agency) -> None:
    case = in_work(agency, "2026-11-10 09:00")
    client = at_desk(agency.officer)

    def statements() -> int:
        with on(NOON):
            client.get(address(case))
            with CaptureQueriesContext(connection) as asked:
                client.get(address(case))
        return len(asked)

    few = statements()
    for day in (11, 12, 13):
        with on(f"2026-11-{day} 09:00"):
            do(case, "message", agency.officer, text="Kami periksa.")
    assert statements() == few


@pytest.fixture(autouse=True)
def speak_nothing_in_particular() -> Iterator[None]:
    with translation.override("en"):
        yield


def test_a_form_that_is_about_dates_has_them_in_sight_and_no_other_has(agency: Agency) -> None:
    case = answered_in_work(agency, "2026-11-18 09:41")
    with on(NOON):
        desk = at_desk(agency.officer)
        lines = LINE.findall(desk.get(f"{address(case)}ask_extension/").text)
        assert LINE.findall(desk.get(f"{address(case)}ask/").text) == []
    assert [f"{state}: {text_of(words)}" for state, words in lines] == dues(agency, case)
