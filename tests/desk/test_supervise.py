"""The wall of due dates: every number is its definition's, and the length of the list behind it."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from casework.causes import install
from casework.models import Case
from tests.agency import PEOPLE, Agency, build_agency, do, walk
from tests.browser import chromium, needs_chromium
from tests.desk.pages import at_desk
from tests.figures import sql
from tests.figures.rows import due, met, missed
from tests.figures.wall import build
from tests.office import Office
from tests.server import serving
from tests.test_targets import SMALL

WALL = "/desk/supervise/"
OVERSEERS = ("supervisor", "head", "quality", "auditor")
#: The numbers of the wall and of a row of its table, in order, as `sql` names them.
FIGURES = ("soon", "late", "paused", "unassigned", "open")
COLUMNS = ("open", "soon", "late", "paused", "unassigned")
#: A number that is a link: where it leads, and how many it says.
LINKED = re.compile(
    r'<a[^>]*href="([^"]*view=[^"]*)">\s*(?:<b>|<span class="tag".*?</svg>)?\s*(\d+)', re.DOTALL
)


@pytest.fixture
def wall(agency: Agency) -> Agency:
    build(agency, timezone.now(), 120)
    return agency


def context(client: Client, address: str = "") -> dict:
    return client.get(WALL + address).context


def listed(client: Client, address: str) -> int:
    """How many cases a list holds, page by page."""
    found, context = 0, client.get(address).context
    while True:
        found += len(context["rows"])
        if not context["next"]:
            return found
        context = client.get(f"/desk/{context['next']}").context


@pytest.mark.parametrize("name", OVERSEERS)
def test_every_number_equals_its_definition_and_its_list(wall: Agency, name: str):
    user, client = User.objects.get(username=name), at_desk(User.objects.get(username=name))
    page = client.get(WALL)
    now = page.context["now"]
    numbers = [figure.number for figure in page.context["figures"]]
    said = sql.open_cases(user, now)
    assert dict(zip(FIGURES, numbers, strict=True)) == {name: said[name] for name in FIGURES}
    for row in page.context["rows"]:
        said = sql.open_cases(user, now, row.unit.pk)
        numbers = [figure.number for figure in row.figures]
        assert numbers == [said[column] for column in COLUMNS], row.unit
    linked = LINKED.findall(unescape(page.content.decode()))
    waits = sum(len(figure.parts) for figure in page.context["figures"])
    assert len(linked) == 5 + waits + 5 * len(page.context["rows"])
    assert {a: int(n) for a, n in linked} == {a: listed(client, a) for a, _n in linked}


def test_root_causes_are_drawn_and_told_as_a_table_once_something_was_answered(agency: Agency):
    install()
    client = at_desk(agency.head)
    walk(agency, "work")
    assert "Root causes of what was answered" not in client.get(WALL).text
    for cause in ("broken", "broken", "supplies", ""):
        said = {"text": "Pompa sudah diganti.", "cause": cause}
        do(walk(agency, "work"), "respond", agency.officer, **said)
    page = client.get(WALL)
    told = [(str(bar.label), bar.number, bar.cumulative) for bar in page.context["causes"].bars]
    assert told == [
        ("Broken or worn-out facilities", 2, 50),
        ("Materials or spare parts not available", 1, 75),
        ("Not given", 1, 100),
    ]
    assert "Root causes of what was answered" in page.text
    assert '<th scope="row">Materials or spare parts not available</th>' in page.text
    assert "Cases whose latest answer names that root cause." in page.text  # its definition
    assert context(client, "?unit=roads")["causes"].bars == []


def test_a_unit_that_is_chosen_narrows_every_number(wall: Agency):
    client = at_desk(wall.head)
    page = client.get(WALL, {"unit": "water", "days": "7"})
    now, pk = page.context["now"], wall.water.pk
    numbers = [figure.number for figure in page.context["figures"]]
    said = sql.open_cases(wall.head, now, pk)
    assert numbers == [said[name] for name in FIGURES]
    assert [row.unit for row in page.context["rows"]] == [wall.water]
    reasons = {str(bar.label): bar.number for bar in page.context["reasons"].bars}
    found = sql.reasons(wall.head, now, 7, pk)
    assert reasons == {reason or "Not given": n for reason, n in found.items()}
    for address, n in LINKED.findall(unescape(page.content.decode())):
        assert "unit=water" in address
        assert listed(client, address) == int(n)


def test_how_due_dates_came_out_is_said_with_what_stands_over_and_under(wall: Agency):
    page = at_desk(wall.head).get(WALL)
    rows = {each.label: each for each in page.context["on_time"]}
    for metric, label in (("resolution", "Answer"), ("acknowledgement", "Check")):
        kept, moved, fell = sql.on_time(wall.head, page.context["now"], 30, metric)
        found = rows[label]
        assert (found.kept.numerator, found.moved.numerator) == (kept, moved)
        assert found.kept.denominator == found.moved.denominator == fell
    kept, _moved, fell = sql.on_time(wall.head, page.context["now"], 30, "resolution")
    words = re.sub(r"<[^>]+>", "", page.content.decode())
    assert f"{kept} of {fell} whose due date fell since" in words
    assert f"{100 * kept / fell:.1f} %" in words


def test_reasons_add_up_and_what_gives_none_stands_among_them(agency: Agency):
    now = timezone.now()
    for reason in ("parts", "parts", "wrong_unit", "", ""):
        missed(walk(agency, "work"), due_at=now, breach_reason=reason)
    reasons = context(at_desk(agency.head))["reasons"]
    bars = [(str(bar.label), bar.number, bar.cumulative) for bar in reasons.bars]
    assert bars == [("parts", 2, 40), ("wrong_unit", 1, 60), ("Not given", 2, 100)]
    assert reasons.total == 5


def test_units_stand_by_the_alphabet_and_those_without_open_cases_do_not(agency: Agency):
    walk(agency, "triage")
    do(walk(agency, "work"), "transfer", agency.supervisor, unit="roads")
    names = [row.unit.name for row in context(at_desk(agency.head))["rows"]]
    assert names == ["Jalan", "Kabupaten Uji"]
    walk(agency, "work")
    names = [row.unit.name for row in context(at_desk(agency.head))["rows"]]
    assert names == ["Air Bersih", "Jalan", "Kabupaten Uji"]


def test_each_number_prints_its_definition(wall: Agency):
    page = at_desk(wall.head).get(WALL)
    words = unescape(page.content.decode())
    for each in page.context["definitions"]:
        for said in (each.label, each.numerator, each.population, each.moment):
            assert str(said) in words, each.label
        assert str(each.denominator) in words


def test_only_who_oversees_units_is_led_there(agency: Agency):
    for name in PEOPLE:
        client = at_desk(User.objects.get(username=name))
        status = client.get(WALL).status_code
        assert status == (200 if name in OVERSEERS else 404), name
        assert (WALL in client.get("/desk/tray/").content.decode()) == (status == 200), name


def test_units_out_of_sight_are_not_on_offer(agency: Agency):
    due(walk(agency, "work"), "late", timezone.now())
    client = at_desk(agency.supervisor)
    assert [unit.code for unit in context(client)["units"]] == ["water"]
    everything = [figure.number for figure in context(client)["figures"]]
    assert [figure.number for figure in context(client, "?unit=roads")["figures"]] == everything
    assert context(client, "?days=9999")["days"] == "30"


@pytest.mark.parametrize(
    ("language", "words"),
    [("id", ("Dinding tenggat", "Tidak ada yang terbuka")), ("en", ("Nothing is open",))],
)
def test_where_nothing_is_open_the_page_says_so_and_leads_on(agency: Agency, language, words):
    page = at_desk(agency.head, language).get(WALL).content.decode()
    assert all(each in page for each in words)
    assert 'href="/desk/?view=all"' in page
    assert "<table" in page  # the definitions
    page = at_desk(agency.head).get(WALL, {"unit": "roads"}).content.decode()
    assert "Nothing is open in Jalan" in page
    assert f'<a href="{WALL}">' in page


def test_what_is_open_without_any_due_date_is_shown(agency: Agency):
    walk(agency, "work")
    page = at_desk(agency.head).get(WALL).content.decode()
    assert "No due date was missed since" in page
    assert "No due date fell since" in page


def test_the_page_asks_as_often_whatever_there_is(agency: Agency):
    client, counts = at_desk(agency.head), []
    for count in (0, 20, 60):
        if count:
            build(agency, timezone.now(), count) if count == 20 else walk(agency, "work")
        client.get(WALL)
        with CaptureQueriesContext(connection) as asked:
            client.get(WALL)
        counts.append(len(asked))
        assert not [q for q in asked if "COUNT(*)" in q["sql"].upper() and "LIMIT" not in q["sql"]]
    assert counts[0] == counts[1] == counts[2]
    assert counts[0] <= 10  # one of them, the language of the agency, is kept for a minute


@needs_chromium
@pytest.mark.django_db(transaction=True)
def test_an_open_wall_renews_itself_and_keeps_what_was_unfolded():
    agency, now = build_agency(), timezone.now()
    case = due(walk(agency, "work"), "soon", now, hours=30)
    missed(case, due_at=now - timedelta(hours=1), breach_reason="parts")
    with serving() as host, chromium() as browser:
        page = Office(browser, f"http://{host}").staff("head")
        page.goto(f"http://{host}{WALL}")
        expect(page.locator("[data-module=live]").first).to_have_attribute("data-state", "live")
        expect(page.locator("#figure-5 b")).to_have_text("1")
        page.locator("#reasons-more summary").click()
        page.locator("#figure-1").focus()
        walk(agency, "triage")
        expect(page.locator("#figure-5 b")).to_have_text("2")
        expect(page.locator("#figure-4 b")).to_have_text("1")
        expect(page.locator(".folded")).to_be_visible()
        expect(page.locator("#figure-1")).to_be_focused()


@needs_chromium
@pytest.mark.django_db(transaction=True)
def test_what_is_chosen_stays_in_the_address_and_is_said():
    agency, now = build_agency(), timezone.now()
    due(walk(agency, "work"), "late", now)
    met(walk(agency, "work"), due_at=now)
    with serving() as host, chromium() as browser:
        page = Office(browser, f"http://{host}").staff("head")
        page.goto(f"http://{host}{WALL}")
        page.get_by_label("Unit", exact=True).select_option("water")
        page.wait_for_url("**unit=water**")
        expect(page.locator("#status")).to_have_text("0 at risk, 1 late, 2 open")
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 844})
            assert page.evaluate(SMALL) == []
        page.locator("#figure-2").click()
        expect(page.locator("table [data-row]")).to_have_count(1)
        expect(page.get_by_label("Due", exact=True)).to_have_value("late")


def test_a_case_that_is_taken_away_leaves_the_wall_of_who_may_not_see_it(agency: Agency):
    case = due(walk(agency, "work"), "late", timezone.now())
    client = at_desk(agency.supervisor)
    assert context(client)["figures"][1].number == 1
    do(case, "transfer", agency.supervisor, unit="roads")
    Case.objects.filter(pk=case.pk).update(due_state="late")
    assert context(client)["figures"][1].number == 0
