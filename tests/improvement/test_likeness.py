"""Complaints in nearly the same words are one theme, which shows nobody what they may not see."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from itertools import count
from typing import Any

import pytest
from django.test import Client

from accounts.models import Unit
from casework.models import Case
from improvement.beginning import from_theme
from improvement.errors import Forbidden, Refused
from improvement.models import Compared, Found, Judged, Theme
from improvement.themes import likeness
from improvement.themes.deciding import decide
from improvement.themes.likeness import look_for_likeness, look_nightly
from notifications.models import Notification
from tests.agency import Agency
from tests.improvement.world import MONDAY, at
from workflows import jobs
from workflows.historic import HistoricCase, enter
from workflows.jobs import Swept, Turn
from workflows.models import JobRun

pytestmark = pytest.mark.django_db

NOW = datetime.combine(MONDAY, time(5), UTC)


def alike(
    agency: Agency, *texts: str, first: datetime = NOW - timedelta(days=1), **more: Any
) -> None:
    facts = {"unit": agency.water, "category": agency.plain, "stage": "closed"} | more
    for n, text in enumerate(texts):
        at_ = first - timedelta(days=10 * n)
        enter(
            [
                HistoricCase(
                    text=text,
                    received_at=at_,
                    closed_at=at_ + timedelta(hours=1),
                    answer="Ya.",
                    **facts,
                )
            ]
        )


NEARLY = (
    "Air PDAM mati empat hari di RT 03 Karangsari dan tidak ada kabar.",
    "Air PDAM mati empat hari di RT 04 Karangsari dan tidak ada kabar.",
    "Air PDAM mati lima hari di RT 03 Karangsari, tidak ada kabar.",
)


def test_three_that_say_nearly_the_same_are_a_theme(agency: Agency) -> None:
    alike(agency, *NEARLY, "Lampu jalan padam di depan sekolah dasar.")
    look_for_likeness(NOW)
    theme = Theme.objects.get()
    assert theme.found == Found.WORDS
    assert {case.text for case in theme.cases.all()} == set(NEARLY)


def test_two_are_not_nor_three_of_different_units_or_quarters(agency: Agency) -> None:
    alike(agency, *NEARLY[:2])
    alike(agency, NEARLY[2], unit=agency.roads)
    enter(
        [
            HistoricCase(
                text=NEARLY[0],
                unit=agency.water,
                category=agency.plain,
                stage="closed",
                received_at=NOW - timedelta(days=120),
                closed_at=NOW - timedelta(days=119),
                answer="Ya.",
            )
        ]
    )
    look_for_likeness(NOW)
    assert not Theme.objects.exists()


def test_another_one_joins_the_theme_that_is_there(agency: Agency) -> None:
    alike(agency, *NEARLY)
    look_for_likeness(NOW)
    alike(agency, NEARLY[1].replace("empat", "enam"))
    look_for_likeness(NOW, NOW - timedelta(days=2))
    assert Theme.objects.get().cases.count() == 4


def test_a_dismissal_needs_a_reason_and_the_right(agency: Agency) -> None:
    alike(agency, *NEARLY)
    look_for_likeness(NOW)
    theme = Theme.objects.get()
    with pytest.raises(Refused, match="why"):
        decide(theme, agency.quality, Judged.DISMISSED, " ")
    for person in (agency.officer, agency.auditor, agency.roads_officer):
        with pytest.raises(Forbidden):
            decide(theme, person, Judged.WATCHED)
    theme.refresh_from_db()
    assert theme.state == Judged.NEW


def test_its_page_says_why_and_lists_only_cases_in_sight(agency: Agency) -> None:
    alike(agency, *NEARLY)
    look_for_likeness(NOW)
    theme = Theme.objects.get()
    hidden = theme.cases.order_by("pk")[0]
    Case.objects.filter(pk=hidden.pk).update(about_people=[agency.quality.pk])
    words = page(agency, f"/improve/themes/{theme.pk}/")
    assert "2 cases of this unit say nearly the same." in words
    shown = [case for case in theme.cases.all() if f"/desk/cases/{case.reference}/" in words]
    assert len(shown) == 2 and hidden not in shown


def test_after_an_outage_a_night_looks_at_all_that_came_in_meanwhile(agency: Agency) -> None:
    JobRun.objects.create(name="likeness", last_at=NOW - timedelta(days=30))
    alike(agency, *NEARLY)
    look_nightly(Turn(NOW, Swept()))
    assert Theme.objects.get().cases.count() == 3
    JobRun.objects.update(last_at=NOW + timedelta(days=40))
    Theme.objects.all().delete()
    look_nightly(Turn(NOW + timedelta(days=41), Swept()))
    assert not Theme.objects.exists()  # nothing came in since, so nothing is compared again


def page(agency: Agency, address: str) -> str:
    client = Client()
    client.force_login(agency.quality)
    return client.get(address, headers={"Accept-Language": "en"}).content.decode()


def test_no_word_of_a_complainant_is_in_its_name_its_notice_or_a_plan_of_it(
    agency: Agency,
) -> None:
    alike(agency, *NEARLY)
    look_for_likeness(NOW)
    theme = Theme.objects.get()
    assert theme.name == str(theme) == "Nearly the same words: Air"
    notice = Notification.objects.get(user=agency.quality)
    assert (notice.kind, notice.facts) == ("theme_alike", {"title": "Air"})
    assert "Karangsari" not in page(agency, "/improve/") + from_theme(theme)


HIDDEN: list[dict[str, Any]] = [{"restricted": True}, {"about_people": [1]}]


@pytest.mark.parametrize("change", HIDDEN, ids=lambda change: next(iter(change)))
def test_what_is_hidden_later_counts_no_longer(agency: Agency, change: dict[str, Any]) -> None:
    alike(agency, *NEARLY, NEARLY[0].replace("empat", "enam"))
    look_for_likeness(NOW)
    newest = Theme.objects.get().cases.order_by("-received_at")[0]
    Case.objects.filter(pk=newest.pk).update(**change)
    theme = Theme.objects.get()
    assert theme.events == 4  # until the night, and on no page
    assert "3 cases, " in page(agency, "/improve/")
    words = page(agency, f"/improve/themes/{theme.pk}/")
    assert "3 cases of this unit say nearly the same." in words and "3 that you may see" in words
    JobRun.objects.create(name=likeness.JOB, last_at=NOW)  # nothing else is compared anew
    look_nightly(Turn(NOW, Swept()))
    theme.refresh_from_db()
    assert (theme.events, theme.last) == (3, (NOW - timedelta(days=11)).date())
    assert newest not in theme.cases.all()


def test_another_one_that_joins_brings_nothing_hidden_back(agency: Agency) -> None:
    alike(agency, *NEARLY, NEARLY[0].replace("empat", "enam"))
    look_for_likeness(NOW)
    hidden = Theme.objects.get().cases.order_by("-received_at")[0]
    Case.objects.filter(pk=hidden.pk).update(restricted=True)
    look_for_likeness(NOW)
    theme = Theme.objects.get()
    assert theme.events == 3 and hidden not in theme.cases.all()


def test_alike_in_words_it_is_quiet_for_twelve_weeks_too(agency: Agency) -> None:
    alike(agency, *NEARLY)
    look_for_likeness(NOW)
    with at(MONDAY):
        decide(Theme.objects.get(), agency.quality, Judged.DISMISSED, "Sudah diperbaiki.")
    quiet = timedelta(weeks=12)
    look_for_likeness(NOW + quiet - timedelta(seconds=1), NOW - timedelta(days=2))
    assert Theme.objects.count() == 1
    look_for_likeness(NOW + quiet, NOW - timedelta(days=2))
    assert Theme.objects.latest("pk").state == Judged.NEW


def test_a_night_that_is_cut_goes_on_where_it_stopped_and_skips_nothing(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    alike(agency, *NEARLY)
    alike(agency, *NEARLY)  # of these each came at the same moment as another
    compared: list[int] = []
    cluster = likeness._cluster
    monkeypatch.setattr(
        likeness, "_cluster", lambda case, now: compared.append(case.pk) or cluster(case, now)
    )
    half_minutes = count(step=30)
    monkeypatch.setattr(jobs, "monotonic", lambda: next(half_minutes))
    job = jobs._jobs[likeness.JOB]
    turns = 0
    while not JobRun.objects.filter(name=likeness.JOB).exists():
        jobs._run(job, NOW, Swept())
        turns += 1
        assert len(compared) == min(turns, 6)
    in_order = Case.objects.order_by("received_at", "pk").values_list("pk", flat=True)
    assert compared == list(in_order) and turns == 7
    assert Theme.objects.get().events == 6 and not Compared.objects.exists()


def test_what_was_sorted_days_after_it_came_is_compared_too(agency: Agency) -> None:
    alike(agency, *NEARLY)
    newest = Case.objects.order_by("-received_at")[0]
    Case.objects.filter(pk=newest.pk).update(category=None)
    look_nightly(Turn(NOW, Swept()))
    JobRun.objects.create(name=likeness.JOB, last_at=NOW + timedelta(days=3))
    assert not Theme.objects.exists()
    Case.objects.filter(pk=newest.pk).update(category=agency.plain)
    look_nightly(Turn(NOW + timedelta(days=4), Swept()))
    assert Theme.objects.get().cases.count() == 3


def test_a_night_writes_over_no_decision(agency: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody decides between the moment at which the night reads a theme and writes it."""
    alike(agency, *NEARLY)
    look_for_likeness(NOW)
    still_countable = likeness._still_countable

    def decided_first(theme: Theme) -> Any:
        if Theme.objects.get().state == Judged.NEW:
            decide(Theme.objects.get(), agency.quality, Judged.WATCHED)
        return still_countable(theme)

    monkeypatch.setattr(likeness, "_still_countable", decided_first)
    alike(agency, NEARLY[0].replace("empat", "enam"))
    look_for_likeness(NOW)
    theme = Theme.objects.get()
    assert (theme.events, theme.state, theme.decided_by) == (4, Judged.WATCHED, agency.quality)


def test_its_days_are_those_of_the_agency(agency: Agency) -> None:
    """At nine in the evening in London it is the next day in Jakarta."""
    Unit.objects.update(time_zone="Europe/London")
    evening = NOW.replace(hour=21) - timedelta(days=3)
    alike(agency, *NEARLY, first=evening)
    look_for_likeness(NOW)
    assert Theme.objects.get().last == evening.date()
