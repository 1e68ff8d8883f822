"""Every act, role and situation: asked for on the desk, and done over REST."""

from itertools import product
from typing import Any

from django.db import transaction

from accounts.models import Membership
from casework.models import Case
from tests.agency import Agency
from tests.clockwork import policy, rule, target
from tests.rights.acts import (
    CLEARED,
    ROWS,
    SITUATIONS,
    Row,
    done_by,
    is_asked,
    prepared,
    put,
    seen_by,
)
from tests.rights.situations import ROLES, browser, people, program
from workflows.deeds import EXITS, VERBS


def test_the_table_names_every_act() -> None:
    assert {row.act for row in ROWS} == set(EXITS) | set(VERBS)


def due(row: Row, who: str, situation: str) -> tuple[int, str]:
    """The code of the desk's page; and the code of REST, or what is wrong with the words."""
    if who == "anonymous":
        return 302, "401 unauthenticated"
    if who not in seen_by(row, situation):
        return 404, "404 not-found"
    if who not in done_by(row, situation):
        return 302, "403 forbidden"
    return 200, "422 invalid" if row.asks else "200"


def got(row: Row, case: Case, page: Any, api: Any) -> tuple[int, str]:
    """What comes back. No words are sent: who may not act is told that first."""
    shown = page.get(f"/desk/cases/{case.reference}/{row.act}/").status_code
    said = api.post(f"/api/v1/cases/{case.reference}/actions/", {"action": row.act})
    kind = "" if said.status_code == 200 else " " + said.json()["type"].rpartition(":")[2]
    return shown, f"{said.status_code}{kind}"


def test_every_act_is_for_those_who_may(agency: Agency) -> None:
    people(agency)
    Membership.objects.filter(user__username__in=CLEARED.values()).update(handles_restricted=True)
    clients = {who: (browser(who), program(who)) for who in ROLES}
    policy(rule("semua", {"resolution": target(14, extension=7)}))
    ready = {(row.at, row.ready, row.days_ago): row for row in ROWS}
    cases = {state: prepared(agency, row) for state, row in ready.items()}
    wrong = {}
    for row, situation, who in product(ROWS, SITUATIONS, ROLES):
        if not is_asked(row, who, situation):
            continue
        case = cases[row.at, row.ready, row.days_ago]
        with transaction.atomic():
            put(agency, case, situation, who)
            answers = got(row, case, *clients[who])
            transaction.set_rollback(True)
        if answers != due(row, who, situation):
            wrong[row.act, row.at, situation, who] = answers, due(row, who, situation)
    assert wrong == {}
