"""Random acts of everybody, lawful and not: the record stays whole and no case gets stuck."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from viewflow.workflow import STATUS
from viewflow.workflow.models import Task

from accounts.models import Membership
from casework import timeline
from casework.links import link_for
from casework.models import Case, Event
from casework.stages import FINAL, Stage
from tests.agency import build_agency, citizen, file_case
from tests.clockwork import every_target
from tests.workflows.stages import anything, player
from tests.workflows.table import ACTS, CAST
from workflows.actions import act, acts_for, exits_of
from workflows.deeds import EXITS
from workflows.errors import Refused

#: An end that the citizen can do nothing about here: at level 2 the ombudsman is named.
_JUDGED = FINAL - {Stage.LAPSED, Stage.WITHDRAWN, Stage.MERGED}
#: What brings a case on at each stage, beyond the citizen giving it up.
_ON = {
    "triage": {"accept"},
    "assign": {"assigned", "claim"},
    "work": {"respond"},
    "review": {"approve", "recall"},
    "on_hold": {"timeout"},
    "wait_triage": {"answered"},
    "wait_work": {"answered"},
    "confirm": {"confirm"},
}
_UNITS = ("root", "water", "roads")
_PEOPLE = ("intake", "officer", "officer2", "supervisor", "head", "roads_officer")
_HANDS = (*_PEOPLE, "citizen", "time")


class Life(RuleBasedStateMachine):
    """One case in the hands of the whole agency."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.agency = build_agency()
        every_target()
        cleared = Membership.objects.filter(user__username__in=("head", "officer"))
        cleared.update(handles_restricted=True)
        self.other, self.case = file_case(), file_case()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @rule(
        data=st.data(),
        hands=st.permutations(_HANDS),
        category=st.sampled_from(("water", "bills", "graft")),
        unit=st.sampled_from(_UNITS),
        assignee=st.sampled_from(_PEOPLE),
        someone_else=st.booleans(),
    )
    def somebody_moves_it(self, data: Any, hands: list[str], **said: Any) -> None:
        for who in hands:
            moves = (set(acts_for(self.case, self.actor(who))) & set(EXITS)) - {"withdraw"}
            if moves:
                self.attempt(who, data.draw(st.sampled_from(sorted(moves))), said)
                return

    @rule(end=st.sampled_from(("withdraw", "reject", "refer", "merge")))
    def it_is_merged_and_its_target_ends(self, end: str) -> None:
        self.other = file_case()
        self.attempt("head", "merge", {})
        who = citizen(self.other) if end == "withdraw" else self.agency.head
        act(self.other, end, who, **anything(file_case()))
        self.case.refresh_from_db()

    @rule(who=st.sampled_from(CAST), name=st.sampled_from(ACTS))
    def somebody_tries_anything(self, who: str, name: str) -> None:
        offered = name in acts_for(self.case, self.actor(who))
        before = self.case.event_count
        if not self.attempt(who, name, {}):
            assert Event.objects.filter(case=self.case).count() == before
        else:
            assert offered

    def attempt(self, who: str, name: str, said: dict[str, Any]) -> bool:
        try:
            self.case = act(self.case, name, self.actor(who), **(anything(self.other) | said)).case
        except Refused:
            return False
        return True

    def actor(self, who: str) -> Any:
        return citizen(self.other) if who == "stranger" else player(self.agency, who, self.case)

    @invariant()
    def a_live_case_rests_on_one_task_and_a_final_one_on_none(self) -> None:
        case = Case.objects.get(pk=self.case.pk)
        ended = (STATUS.DONE, STATUS.CANCELED, STATUS.REVIVED)
        live = list(Task.objects.filter(process=case.process_id).exclude(status__in=ended))
        assert [task.flow_task.name for task in live] == ([] if case.is_final else [case.stage])
        assert [task.pk for task in live] == ([case.active_task_id] if live else [])
        assert (case.closed_at is not None) == case.is_final

    @invariant()
    def the_history_is_whole_and_every_exit_names_the_task_it_entered(self) -> None:
        assert list(timeline.broken(Case.objects.filter(pk=self.case.pk))) == []
        for event in self.case.events.select_related("task"):
            if event.kind in EXITS:
                assert event.task is not None
                assert event.task.flow_task.name == event.stage

    @invariant()
    def there_is_a_way_on(self) -> None:
        case = self.case
        mine = acts_for(case, citizen(case))
        if case.is_final:
            starts = {way.name for way in exits_of(case)}
            judged = case.level == 2 and case.stage in _JUDGED
            assert judged or starts & set(mine), f"{case.stage} at level {case.level}"
            self.and_beyond_every_window(Case.objects.get(pk=case.pk))
            return
        assert "withdraw" in mine
        assert any(_ON[case.stage] & set(acts_for(case, self.actor(who))) for who in _HANDS), (
            f"{case.stage} at level {case.level}: {case.decided_by}"
        )

    def and_beyond_every_window(self, case: Case) -> None:
        """The page names a body outside, unless the case can go on, or goes on in another one."""
        with time_machine.travel(timezone.now() + timedelta(days=40), tick=False):
            mine = {way.name for way in exits_of(case)} & set(acts_for(case, citizen(case)))
            page = Client().get(f"/c/{link_for(case)}/").content.decode()
        goes_on = case.merged_into and not case.merged_into.is_final
        assert mine or goes_on or "ombudsman.go.id" in page, f"{case.stage} into {case.merged_into}"


@pytest.mark.django_db
def test_whatever_people_do_the_record_stays_whole_and_there_is_a_way_on() -> None:
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=8,
            stateful_step_count=25,
            deadline=None,
            phases=[Phase.generate],
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
