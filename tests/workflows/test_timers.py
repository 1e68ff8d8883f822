"""How long a stage waits: what sets its timers, and what starts them anew."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Unit
from casework.actors import SYSTEM
from tests.agency import Agency, citizen, do, walk
from tests.clockwork import over
from workflows.actions import act
from workflows.errors import Invalid, Unlawful

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=ZoneInfo("UTC"))
JAKARTA = ZoneInfo("Asia/Jakarta")


def test_a_hold_lasts_to_the_end_of_its_day_where_the_unit_is(agency: Agency):
    with time_machine.travel(NOW, tick=False):
        case = walk(agency, "work")
        done = act(case, "hold", agency.officer, reason="Menunggu PLN", until="2026-03-09")
    assert done.case.timeout_at == datetime(2026, 3, 9, 23, 59, tzinfo=JAKARTA)
    assert done.event.data == {
        "until": "2026-03-09",
        "waits_for": "third_party",
        "left": "work",
    }
    assert done.event.text == "Menunggu PLN"


def test_a_hold_lasts_from_a_day_to_sixty(agency: Agency):
    with time_machine.travel(NOW, tick=False):
        case = walk(agency, "work")
        for days in (0, 61):
            until = (timezone.localdate() + timedelta(days=days)).isoformat()
            with pytest.raises(Invalid) as refused:
                act(case, "hold", agency.officer, reason="PLN", until=until)
            assert set(refused.value.errors) == {"until"}
        for days in (1, 60):
            until = (timezone.localdate() + timedelta(days=days)).isoformat()
            case = do(case, "hold", agency.officer, reason="PLN", until=until)
            case = do(case, "resume", agency.officer)
    assert (case.timeout_at, case.remind_at) == (None, None)


@pytest.mark.parametrize("stage", ["wait_triage", "wait_work"])
def test_a_question_waits_thirty_days_and_reminds_after_twenty(agency: Agency, stage: str):
    with time_machine.travel(NOW, tick=False):
        case = walk(agency, stage)
    assert case.timeout_at == over(30, NOW)
    assert case.remind_at == over(20, NOW)
    later = NOW + timedelta(days=21)
    with time_machine.travel(later, tick=False):
        case = do(case, "remind", SYSTEM)
        assert (case.remind_at, case.timeout_at) == (None, over(30, NOW))
        with pytest.raises(Unlawful):
            act(case, "remind", SYSTEM)
        case = do(case, "message", citizen(case), text="Sebentar.")
    assert (case.timeout_at, case.remind_at) == (
        over(30, later),
        over(20, later),
    )


@pytest.mark.parametrize("stage", ["wait_triage", "wait_work", "confirm"])
@pytest.mark.parametrize("who", ["none", "withheld"])
def test_nobody_is_reminded_who_cannot_be_reached(agency: Agency, stage: str, who: str):
    with time_machine.travel(NOW, tick=False):
        case = walk(agency, stage, identity=who, name="", email="")
        assert (case.timeout_at, case.remind_at) == (over(30, NOW), None)
        case = do(case, "message", citizen(case), text="Sebentar.")
        assert case.remind_at is None
        with pytest.raises(Unlawful):
            act(case, "remind", SYSTEM)


def test_a_note_starts_no_time_anew_and_a_message_in_work_starts_none(agency: Agency):
    with time_machine.travel(NOW, tick=False):
        waiting, work = walk(agency, "wait_work"), walk(agency, "work")
    with time_machine.travel(NOW + timedelta(days=5), tick=False):
        waiting = do(waiting, "note", agency.officer, text="Ditelepon.")
        work = do(work, "message", agency.officer, text="Kami periksa.")
    assert waiting.timeout_at == over(30, NOW)
    assert (work.timeout_at, work.remind_at) == (None, None)


def test_silence_ends_with_the_thirtieth_day_for_who_cannot_be_reached(agency: Agency):
    with time_machine.travel(NOW, tick=False):
        case = walk(agency, "confirm", identity="none", name="", email="")
    assert (case.timeout_at, case.remind_at) == (over(30, NOW), None)


def test_working_days_are_those_of_the_unit(agency: Agency):
    """23.30 in Jakarta on Friday is Saturday already in Jayapura."""
    Unit.objects.filter(pk=agency.water.pk).update(time_zone="Asia/Jayapura")
    with time_machine.travel(datetime(2026, 3, 6, 23, 30, tzinfo=JAKARTA), tick=False):
        case = walk(agency, "confirm")
    jayapura = ZoneInfo("Asia/Jayapura")
    # In Ramadan; 18 to 24 March are holidays and joint leave, once somebody confirms them.
    assert case.timeout_at == datetime(2026, 3, 20, 15, 30, tzinfo=jayapura)
    assert case.remind_at == datetime(2026, 3, 17, 15, 0, tzinfo=jayapura)
