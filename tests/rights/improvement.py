"""What the addresses of improvement answer to whom: plans, themes, concerns and reports of the
water unit, whose officer has an action to do."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.models import Unit, User
from casework.models import Category
from improvement import concerns
from improvement.days import last_day_over
from improvement.models import Concern, Every, Found, Plan, Schedule, Stage, Theme
from improvement.plans import doing, keeping, passing
from improvement.reports import keeping as reports
from tests.improvement.world import SMART, answered
from tests.rights.rows import Row, always, staff

READERS = ("supervisor", "head", "quality", "auditor", "leader")
WRITERS = ("supervisor", "head", "quality")
#: Who has something to do in the plan reads it too.
DOERS = (*WRITERS, "officer")


def _user(name: str) -> User:
    return User.objects.get(username=name)


def _water() -> Unit:
    return Unit.objects.get(code="water")


def a_draft() -> Plan:
    """Written by the quality lead, whole, from today on: one complaint a month is one too many."""
    today, category = timezone.localdate(), Category.objects.get(code="water")
    answered(_water(), category, today - timedelta(days=10), kept=1)
    days = {
        "baseline_first": today - timedelta(days=30),
        "baseline_last": today - timedelta(days=1),
        "starts_on": today,
        "due_on": today + timedelta(days=120),
    }
    said = SMART | days | {"owner": _user("supervisor"), "indicator": "received", "metric": ""}
    return keeping.begin(_water(), _user("quality"), said | {"target": Decimal(0)})


def a_proposal() -> Plan:
    return passing.propose(a_draft(), _user("quality"))


def an_approved_plan() -> Plan:
    """The one that an address before it made, or a first one."""
    found = Plan.objects.filter(stage=Stage.APPROVED).first()
    return found or passing.approve(a_proposal(), _user("head"), 1)


def draft(it: object) -> dict[str, Any]:
    return {"code": a_draft().code}


def proposal(it: object) -> dict[str, Any]:
    return {"code": a_proposal().code}


def plan(it: object) -> dict[str, Any]:
    return {"code": an_approved_plan().code}


def action(it: object) -> dict[str, Any]:
    """A training of the officer, with a session today."""
    found = an_approved_plan()
    if (there := found.actions.first()) is not None:
        held = there.training.sessions.get()
        return {"code": found.code, "pk": there.pk, "session": held.pk}
    today = timezone.localdate()
    facts = {
        "title": "Pelatihan",
        "owner": _user("officer"),
        "due_on": today + timedelta(days=9),
        "milestone": "Semua dilatih",
        "pilot": "",
        "risk": "",
        "way_back": "",
        "course": "Empati",
        "planned": 5,
    }
    made = doing.add_action(found, _user("quality"), facts)
    session = {"held_on": today, "place": "Aula", "trainer": "", "hours": Decimal(2)}
    held = doing.add_session(made.training, _user("officer"), session)
    return {"code": found.code, "pk": made.pk, "session": held.pk}


def theme(it: object) -> dict[str, Any]:
    now = timezone.now()
    made = Theme.objects.create(
        found=Found.WORDS,
        unit=_water(),
        category=Category.objects.get(code="water"),
        first=now.date(),
        last=now.date(),
        events=3,
        noticed_at=now,
        renewed_at=now,
    )
    return {"pk": made.pk}


def concern(it: object) -> dict[str, Any]:
    concerns.raise_concern(_water(), "Kami takut lembur.")
    return {"pk": Concern.objects.get().pk}


def report(it: object) -> dict[str, Any]:
    """The same for every address: making it again finds it."""
    last = last_day_over(timezone.now())
    days = (last - timedelta(days=39), last)
    return {"pk": reports.make(_water(), *days, _user("quality")).pk, "kind": "pdf"}


def schedule(it: object) -> dict[str, Any]:
    facts = {"every": Every.YEAR, "by": _user("quality"), "next_on": timezone.localdate()}
    return {"pk": Schedule.objects.create(unit=_water(), **facts).pk}


def approves(who: str, situation: str) -> int:
    """Who wrote it is told why not."""
    return 422 if who == "quality" else staff(302, "supervisor", "head", "leader")(who, situation)


_PLAN = "improve/plans/<plan:code>/"
_ACTION = f"{_PLAN}actions/<int:pk>/"

IMPROVEMENT: dict[str, Row] = {
    # Nobody is asked who they are.
    "concerns/": Row(always(200)),
    "concerns/answer/": Row(always(200)),
    "improve/": Row(staff(200)),
    "improve/concerns/": Row(staff(200, *READERS)),
    "improve/concerns/<uuid:pk>/": Row(staff(200, *WRITERS), concern),
    "improve/themes/<int:pk>/": Row(staff(200, *READERS), theme),
    "improve/plans/new/": Row(staff(200, *WRITERS)),
    _PLAN: Row(staff(200, *READERS, "officer"), action),
    f"{_PLAN}edit/": Row(staff(200, *WRITERS), plan),
    f"{_PLAN}propose/": Row(staff(302, *WRITERS), draft, "post"),
    f"{_PLAN}approve/": Row(approves, proposal, "post", {"seen": "1"}),
    f"{_PLAN}send-back/": Row(approves, proposal, "post", {"why": "Siapa yang membayar?"}),
    f"{_PLAN}actions/": Row(staff(200, *WRITERS), plan),
    _ACTION: Row(staff(200, *WRITERS), action),
    f"{_ACTION}proof/": Row(staff(200, *DOERS), action),
    f"{_ACTION}training/": Row(staff(200, *READERS, "officer"), action),
    f"{_ACTION}training/<int:session>/": Row(staff(200, *DOERS), action),
    f"{_PLAN}review/": Row(staff(200, *WRITERS), plan),
    # It is not over yet.
    f"{_PLAN}verdict/": Row(staff(422, *WRITERS), plan, "post"),
    f"{_PLAN}told/": Row(staff(200, *WRITERS), plan),
    f"{_PLAN}told/end/": Row(staff(302, *WRITERS), plan, "post"),
    "reports/": Row(staff(200, *READERS)),
    "reports/new/": Row(staff(200, *WRITERS)),
    "reports/schedule/": Row(staff(200, *WRITERS)),
    "reports/schedule/<int:pk>/end/": Row(staff(302, *WRITERS), schedule, "post"),
    "reports/<int:pk>/": Row(staff(200, *READERS), report),
    "reports/<int:pk>/write/": Row(staff(200, *WRITERS), report),
    "reports/<int:pk>/sign/": Row(staff(302, "leader"), report, "post", {"seen": "1"}),
    "reports/<int:pk>/<slug:kind>/": Row(staff(200, *READERS), report),
}
