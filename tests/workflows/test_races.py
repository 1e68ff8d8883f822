"""People and machines at one case at the same moment; and who may write its stage."""

import ast
import re
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from casework import timeline
from casework.models import Case, Receipt
from casework.sealing import same_secret
from casework.stages import Stage
from tests.agency import Agency, build_agency, file_case, walk
from tests.workflows.stages import at_stage
from workflows import filing, receipts
from workflows.actions import act
from workflows.errors import Refused
from workflows.lost import new_key
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
def test_a_key_to_a_new_secret_is_used_once_however_often_its_button_is_pressed() -> None:
    case = walk(build_agency(), "work")
    path = f"/track/new/{new_key(case)}/"
    came = at_once(*[lambda: Client().post(path).status_code for _press in range(6)])
    assert came == [302] * 6
    receipt = Receipt.objects.get(case=case)
    assert case.events.filter(kind="new_secret").count() == 1
    case.refresh_from_db()
    assert same_secret(receipts.secret_of(receipt), case.secret_digest)


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
    for path in settings.BASE_DIR.glob("*/**/*.py"):
        where = path.relative_to(settings.BASE_DIR)
        if where.parts[0] in ("tests", "node_modules") or where.parts[0].startswith("."):
            continue
        code = path.read_text()
        if where.parts[0] == "improvement" and not re.search(r"\b[Cc]ase\b", code):
            continue  # it has never heard of a case: what it writes is the stage of a plan
        if any(writes_stage(node) for node in ast.walk(ast.parse(code))):
            writers.add(where.as_posix())
    assert writers == {"workflows/nodes.py"}


@pytest.mark.parametrize(
    "code",
    [
        "case.stage = 'work'",
        "case.stage, case.unit = 'work', unit",
        "case.stage: str = 'work'",
        "setattr(case, 'stage', 'work')",
        "cases.update(stage='work')",
        "cases.bulk_update(found, ['unit', 'stage'])",
        "Case(stage='work')",
        "for case.stage in stages: pass",
    ],
)
def test_every_way_of_writing_the_stage_is_noticed(code: str) -> None:
    assert any(writes_stage(node) for node in ast.walk(ast.parse(code)))


def writes_stage(node: ast.AST) -> bool:
    """`….stage = …` however it is put, and the stage by name in a call that writes."""
    if isinstance(node, ast.Attribute):
        return node.attr == "stage" and isinstance(node.ctx, ast.Store)
    if not isinstance(node, ast.Call):
        return False
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    words = [part for part in ast.walk(node) if isinstance(part, ast.Constant)]
    if name in ("setattr", "bulk_update"):
        return any(word.value == "stage" for word in words)
    named = any(word.arg == "stage" for word in node.keywords)
    return named and name in ("update", "Case", "create", "get_or_create", "update_or_create")


def test_the_names_that_the_database_holds_are_those_of_every_release(agency: Agency) -> None:
    """To rename one takes a data migration."""
    for stage in Stage:
        at_stage(agency, stage)
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT flow_class FROM viewflow_process")
        assert cursor.fetchall() == [("workflows/flows.ComplaintFlow",)]
        cursor.execute("SELECT DISTINCT flow_task FROM viewflow_task")
        stored = {name.rpartition(".")[2] for (name,) in cursor.fetchall()}
    assert stored == set(Stage) | {"received"}
