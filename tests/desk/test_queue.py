"""The queue: its views, filters, search and pages."""

from urllib.parse import parse_qsl

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from casework import queues, search
from casework.models import Case
from tests.agency import Agency, citizen, do, file_case, walk
from workflows.historic import enter
from workflows.management.commands.bench_data import synthetic_cases


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=name))
    return client


def listed(client: Client, address: str) -> set[str]:
    return {row["reference"] for row in client.get(f"/desk/{address}").context["rows"]}


@pytest.fixture
def mixed(agency: Agency) -> dict[str, Case]:
    """Three cases that differ in all that can be filtered by."""
    waiting = walk(agency, "wait_work")
    review = walk(agency, "review", category="bills")
    roads = do(file_case(), "accept", agency.intake, category="water", unit="roads")
    Case.objects.filter(pk=roads.pk).update(kind="praise", channel="phone")
    return {"waiting": waiting, "review": review, "roads": roads}


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("?stage=wait_work", {"waiting"}),
        ("?category=bills", {"review"}),
        ("?unit=roads", {"roads"}),
        ("?kind=praise", {"roads"}),
        ("?channel=phone", {"roads"}),
        ("?channel=web&category=water", {"waiting"}),
        ("?category=water&unit=water&stage=review", set()),
        ("?view=waiting", {"waiting"}),
        ("?view=unassigned", {"roads"}),
        ("?kind=nonsense&unit=nowhere", {"waiting", "review", "roads"}),
    ],
)
def test_a_filter_narrows_and_filters_add_up(agency, mixed, address, expected):
    found = listed(signed_in("head"), address)
    assert found == {mixed[name].reference for name in expected}


def test_only_units_in_my_sight_are_on_offer(agency: Agency) -> None:
    filters = signed_in("officer").get("/desk/").context["filters"]
    units = next(each for each in filters if each.name == "unit")
    assert [code for code, _words, _pk in units.options] == ["water"]


def test_what_is_chosen_stays_in_the_address_of_the_next_page(agency: Agency) -> None:
    for _n in range(55):
        file_case()
    client = signed_in("intake")
    first = client.get("/desk/?view=unit&stage=triage&channel=web&q=galon")
    chosen = dict(parse_qsl(first.context["next"][1:]))
    after = chosen.pop("after")
    assert chosen == {"view": "unit", "stage": "triage", "channel": "web", "q": "galon"}
    second = client.get(f"/desk/{first.context['next']}")
    assert len(second.context["rows"]) == 5
    assert first.context["rows"][-1]["reference"] not in second.content.decode()
    back = dict(parse_qsl(second.context["previous"][1:]))
    assert back.pop("before") != after
    assert back == chosen
    again = client.get(f"/desk/{second.context['previous']}")
    assert again.context["rows"] == first.context["rows"]
    assert (again.context["previous"], again.context["next"]) == ("", first.context["next"])


def test_a_filter_that_is_folded_away_opens_when_it_is_in_use(agency: Agency) -> None:
    client = signed_in("intake")
    folded = '<details class="plain wide more" id="more" hx-preserve'
    assert f"{folded} open>" in client.get("/desk/?kind=praise").content.decode()
    assert f"{folded}>" in client.get("/desk/").content.decode()


def test_a_row_shows_what_the_citizen_said_since_filing(agency: Agency) -> None:
    case = walk(agency, "work")
    client = signed_in("officer")
    assert "nothing since filing" in english(client, "/desk/")
    do(case, "message", citizen(case), text="Tetangga juga kena.")
    assert "“Tetangga juga kena.”" in english(client, "/desk/")


def english(client: Client, address: str) -> str:
    return client.get(address, headers={"Accept-Language": "en"}).content.decode()


def test_a_count_stops_at_fifty(agency: Agency) -> None:
    for _n in range(queues.MANY):
        file_case()
    client = signed_in("intake")
    counted = {name: count for name, _label, count in client.get("/desk/").context["views"]}
    assert counted == {
        "mine": "0",
        "unit": "50",
        "unassigned": "50",
        "waiting": "0",
        "late": "0",
        "untold": "0",
        "spoken": "0",
        "all": "",
    }
    file_case()
    counted = {name: count for name, _label, count in client.get("/desk/").context["views"]}
    assert counted["unit"] == "50+"


def test_what_htmx_gets_has_the_list_and_the_counts_alone(agency: Agency) -> None:
    html = signed_in("intake").get("/desk/", headers={"HX-Request": "true"}).content.decode()
    assert 'id="views"' in html
    assert 'id="rows"' in html
    assert "<html" not in html


def test_words_that_some_case_has_are_not_searched_for_by_likeness(agency: Agency) -> None:
    exact = walk(agency, "work", text="Galonan di depan balai desa sudah bocor sepekan.")
    alike = walk(agency, "work", text="Gallonan di depan balai desa sudah bocor sepekan.")
    client = signed_in("officer")
    assert listed(client, "?q=galonan") == {exact.reference}
    assert listed(client, "?q=gallonan") == {alike.reference}
    assert listed(client, "?q=galllonan") == {exact.reference, alike.reference}


def test_search_by_likeness_finds_nothing_that_i_may_not_see(agency: Agency) -> None:
    walk(agency, "work", text="Galonan di depan balai desa sudah bocor sepekan.")
    assert listed(signed_in("roads_officer"), "?q=galllonan") == set()


@pytest.mark.parametrize("rare", [0, 1_000])
def test_a_common_word_finds_what_a_rare_one_finds(agency: Agency, monkeypatch, rare: int) -> None:
    monkeypatch.setattr(search, "RARE", rare)
    mine, other = walk(agency, "work"), walk(agency, "work", text="Truk sampah belum lewat lagi.")
    unseen = file_case()
    client = signed_in("officer")
    assert listed(client, "?q=galon") == {mine.reference}
    assert listed(client, "?q=air OR truk") == {mine.reference, other.reference}
    assert listed(client, "?q=zebra") == set()
    assert unseen.reference not in client.get("/desk/?q=galon").content.decode()


INDEXES = {
    queues.View.MINE: {"case_mine_live"},
    queues.View.UNIT: {"case_live", "case_unit_live"},
    queues.View.UNASSIGNED: {"case_nobodys", "case_unit_nobodys"},
    queues.View.WAITING: {"case_waiting", "case_unit_waiting"},
    queues.View.LATE: {"case_live", "case_unit_live"},
    queues.View.UNTOLD: {"case_untold", "case_unit_untold"},
    queues.View.SPOKEN: {"case_spoken", "case_unit_spoken"},
    queues.View.ALL: {"case_all", "case_unit_all"},
}


@pytest.mark.parametrize("who", ["officer", "head"])
@pytest.mark.parametrize("view", queues.View)
def test_each_view_is_read_in_order_from_a_partial_index(agency: Agency, view, who) -> None:
    enter(synthetic_cases(300))
    user = User.objects.get(username=who)
    with CaptureQueriesContext(connection) as asked:
        queues.page(queues.cases_in(view, user), view)
    plan = explained(asked.captured_queries[-1]["sql"])
    assert "Sort" not in plan
    assert any(f"using {name} " in plan for name in INDEXES[view]), plan


def explained(sql: str) -> str:
    """The plan without the shortcuts that pay for a small table only."""
    with connection.cursor() as cursor:
        for way in ("seqscan", "bitmapscan", "sort"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute("ANALYZE casework_case")
        cursor.execute(f"EXPLAIN {sql}")
        return "\n".join(line for (line,) in cursor.fetchall())


def test_a_later_page_begins_at_its_cursor(agency: Agency) -> None:
    assert "Index Cond: (received_at <=" in plan_of_a_page_from(agency, "after")
    plan = plan_of_a_page_from(agency, "before")
    assert "Index Cond: (received_at >=" in plan
    assert "Sort" not in plan


def plan_of_a_page_from(agency: Agency, way: str) -> str:
    case = walk(agency, "work")
    cursor = f"{case.received_at.timestamp():.6f}_{case.pk}"
    with CaptureQueriesContext(connection) as asked:
        queues.page(queues.cases_in("all", agency.head), "all", **{way: cursor})
    listed = next(query["sql"] for query in asked.captured_queries if "LIMIT" in query["sql"])
    return explained(listed)


def test_only_what_the_form_asks_for_goes_into_the_address(agency: Agency) -> None:
    client, address = signed_in("intake"), "/desk/?view=all&stage=triage&kind=&q="
    by_form = client.get(address, headers={"HX-Request": "true", "HX-Target": "cases"})
    assert by_form["HX-Push-Url"] == "/desk/?view=all&stage=triage"
    renewed = client.get(address, headers={"HX-Request": "true", "HX-Target": "rows"})
    assert "HX-Push-Url" not in renewed
