"""Moments are said as people say them."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone, translation

from casework.templatetags.moments import how_long, moment

#: 12.41 WIB on a Tuesday.
NOW = datetime(2026, 11, 24, 5, 41, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 11, 24, 9, 0, tzinfo=UTC), "hari ini 16.00 WIB"),
        (datetime(2026, 11, 23, 2, 12, tzinfo=UTC), "kemarin 09.12 WIB"),
        (datetime(2026, 11, 24, 17, 30, tzinfo=UTC), "besok 00.30 WIB"),
        (datetime(2026, 11, 18, 2, 41, tzinfo=UTC), "18 Nov, 09.41 WIB"),
        (datetime(2024, 11, 18, 2, 41, tzinfo=UTC), "18 Nov 2024, 09.41 WIB"),
    ],
)
@time_machine.travel(NOW, tick=False)
def test_a_moment_is_named_by_its_nearness_in_the_zone_of_the_reader(at, said):
    with translation.override("id"):
        assert f">{said}<" in moment(at)


@time_machine.travel(NOW, tick=False)
def test_the_full_date_is_there_for_the_pointer_and_for_screen_readers():
    with translation.override("id"):
        shown = moment(NOW)
    assert 'title="Selasa 24 November 2026, 12.41 WIB"' in shown
    assert '<span class="ds-sr-only">Selasa 24 November 2026, 12.41 WIB</span>' in shown
    assert 'datetime="2026-11-24T12:41:00+07:00"' in shown


@time_machine.travel(NOW, tick=False)
def test_another_zone_and_language_says_it_otherwise():
    with translation.override("en"), timezone.override("Asia/Jayapura"):
        assert ">tomorrow 00:30 WIT<" in moment(datetime(2026, 11, 24, 15, 30, tzinfo=UTC))


def test_no_moment_is_nothing():
    assert moment(None) == ""


@pytest.mark.parametrize(
    ("span", "id_", "en"),
    [
        (timedelta(seconds=50), "baru saja", "just now"),
        (timedelta(minutes=1), "1 mnt", "1 min"),
        (timedelta(hours=3), "3 j", "3 h"),
        (timedelta(days=59), "59 h", "59 d"),
        (timedelta(days=100), "3 bln", "3 mo"),
        (timedelta(days=3369), "9 th", "9 y"),
        (timedelta(days=-1), "baru saja", "just now"),
    ],
)
def test_an_age_is_said_in_the_unit_that_people_use(span: timedelta, id_: str, en: str) -> None:
    with translation.override("id"):
        assert how_long(span) == id_
    with translation.override("en"):
        assert how_long(span) == en
