"""People and machines at one case at the same moment; and who may write its stage."""

import ast
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from viewflow.workflow.models import Task

from accounts.models import User
from casework import timeline
from casework.models import Case
from tests.agency import Agency, build_agency, file_case, walk
from workflows import filing
from workflows.actions import act
from workflows.errors import Refused
from workflows.sweep import sweep

COMPLAINT = {"text": "Air mati empat hari di RT 03.", "identity": "named", "name": "Wulan"}


def at_once(*jobs: Callable[[], Any]) -> list[Any]:
    """Run each job in a thread of its own from one moment on; what each returned or raised."""
    came: dict[int, Any] = {}
    start = threading.Barrier(len(jobs))

    def run(number: int, job: Callable[[], Any]) -> None:
        try:
            start.wait()
            came[number] = job()
        except Exception as error:  # noqa: BLE001 - the test judges it
            came[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [came[number] for number in range(len(jobs))]


def doing(case: Case, name: str, who: str, **payload: Any) -> Callable[[], Any]:
    seen, person = Case.objects.get(pk=case.pk), User.objects.get(username=who)
    return lambda: act(seen, name, person, **payload)


@pytest.mark.django_db(transaction=True)
def test_a_note_and_an_act_at_once_are_both_kept() -> None:
    case = walk(build_agency(), "work")
    at_once(
        doing(case, "note", "officer2", text="Pompa nomor dua."),
        doing(case, "respond", "officer", text="Air mengalir lagi."),
        doing(case, "note", "supervisor", text="Sudah dicek."),
    )
    kinds = list(case.events.order_by("number").values_list("kind", flat=True))
    assert sorted(kinds[-3:]) == ["note", "note", "respond"]
    assert Case.objects.get(pk=case.pk).stage == "confirm"
    assert list(timeline.broken(Case.objects.all())) == []


@pytest.mark.django_db(transaction=True)
def test_two_cases_are_never_merged_into_each_other() -> None:
    build_agency()
    one, other = file_case(), file_case()
    came = at_once(
        doing(one, "merge", "intake", into=other.reference),
        doing(other, "merge", "head", into=one.reference),
    )
    assert [isinstance(result, Refused) for result in came].count(True) == 1
    assert Case.objects.filter(stage="merged").count() == 1
    assert list(timeline.broken(Case.objects.all())) == []


@pytest.mark.django_db(transaction=True)
def test_of_two_sweeps_one_takes_each_timeout() -> None:
    agency = build_agency()
    cases = [walk(agency, "wait_work") for _number in range(4)]
    Case.objects.update(timeout_at=timezone.now() - timedelta(minutes=1))
    swept = at_once(sweep, sweep)
    assert sum(done.timeouts for done in swept) == len(cases)
    assert sum(done.failed for done in swept) == 0
    for case in cases:
        assert case.events.filter(kind="timeout").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_form_that_is_sent_twice_at_once_files_one_case() -> None:
    build_agency()
    filed = at_once(*[lambda: filing.file(COMPLAINT, token="one-form")] * 4)
    assert {done.case.pk for done in filed} == set(Case.objects.values_list("pk", flat=True))
    assert Case.objects.count() == 1
    assert len({done.secret for done in filed}) == 1


def test_the_stage_is_written_in_one_place() -> None:
    writers = set()
    for app in ("accounts", "api", "casework", "desk", "notifications", "portal", "workflows"):
        for path in (settings.BASE_DIR / app).rglob("*.py"):
            tree = ast.parse(path.read_text())
            if any(_writes_stage(node) for node in ast.walk(tree)):
                writers.add(path.relative_to(settings.BASE_DIR).as_posix())
    assert writers == {"workflows/nodes.py"}


def _writes_stage(node: ast.AST) -> bool:
    """`….stage = …`, or a name of the same in `update(stage=…)`."""
    if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return any(isinstance(to, ast.Attribute) and to.attr == "stage" for to in targets)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr == "update" and any(word.arg == "stage" for word in node.keywords)
    return False


@pytest.mark.parametrize("stage", ["closed", "on_hold", "wait_triage", "merged"])
def test_every_stored_task_is_of_a_node_that_there_is(agency: Agency, stage: str) -> None:
    walk(agency, stage)
    for task in Task.objects.all():
        assert task.flow_task in task.process.flow_class.instance.nodes()
