"""A small agency, and cases walked to where a test needs them: always through the door."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from accounts.models import Membership, Unit, User
from accounts.rights import Role
from casework.actors import SYSTEM, Actor, CitizenActor
from casework.models import Case, Category, Service
from workflows import filing
from workflows.actions import act


@dataclass
class Agency:
    """Root unit with intake, a water unit and a roads unit with their people."""

    root: Unit
    water: Unit
    roads: Unit
    intake: User
    officer: User
    officer2: User
    supervisor: User
    head: User
    roads_officer: User
    quality: User
    auditor: User
    administrator: User
    plain: Category
    reviewed: Category
    restricted: Category


PEOPLE = {
    "intake": (Role.INTAKE, "root"),
    "officer": (Role.OFFICER, "water"),
    "officer2": (Role.OFFICER, "water"),
    "supervisor": (Role.SUPERVISOR, "water"),
    "head": (Role.SUPERVISOR, "root"),
    "roads_officer": (Role.OFFICER, "roads"),
    "quality": (Role.QUALITY, "root"),
    "auditor": (Role.AUDITOR, "root"),
    "administrator": (Role.ADMINISTRATOR, "root"),
}


def build_agency() -> Agency:
    """Create the agency in the database."""
    root = Unit.objects.create(code="root", name="Kabupaten Uji", receives=True)
    units = {
        "root": root,
        "water": Unit.objects.create(code="water", name="Air Bersih", parent=root),
        "roads": Unit.objects.create(code="roads", name="Jalan", parent=root),
    }
    people = _people(units)
    water = units["water"]
    Service.objects.create(code="pdam", name="Sambungan air", unit=water)
    return Agency(
        **units,
        **people,
        plain=Category.objects.create(code="water", name="Air", default_unit=water),
        reviewed=Category.objects.create(code="bills", name="Tagihan", review_needed=True),
        restricted=Category.objects.create(code="graft", name="Pungli", restricted=True),
    )


def _people(units: dict[str, Unit]) -> dict[str, User]:
    """All at once: nearly every test begins here, and no case is there yet to be looked through."""
    people = {
        name: User(username=name, first_name=name.replace("_", " ").title()) for name in PEOPLE
    }
    for name, person in people.items():
        person.email = f"{name}@example.org"
        person.set_password("rahasia-uji")
    User.objects.bulk_create(people.values())
    Membership.objects.bulk_create(
        Membership(user=people[name], unit=units[unit], role=role)
        for name, (role, unit) in PEOPLE.items()
    )
    return people


def file_case(**said: Any) -> Case:
    """A complaint of a named citizen with an e-mail address, unless said otherwise."""
    payload = {
        "text": "Air mati empat hari di RT 03. Kami membeli air galon tiap hari.",
        "identity": "named",
        "name": "Wulan Anggraini",
        "email": "wulan@example.org",
    }
    return filing.file(payload | said).case


def citizen(case: Case) -> CitizenActor:
    return CitizenActor(case.pk)


def do(case: Case, name: str, actor: Actor, **payload: Any) -> Case:
    """One act; returns the case as it now is."""
    return act(case, name, actor, **payload).case


def walk(agency: Agency, stage: str, *, category: str = "water", **said: Any) -> Case:
    """A fresh case, walked through lawful acts to the stage."""
    case = file_case(**said)
    if stage == "merged":
        return do(case, "merge", agency.intake, into=file_case().reference)
    for name, who, payload in PATHS[stage]:
        payload = {"category": category} | payload if name == "accept" else payload
        case = do(case, name, _actor(agency, who, case), **payload)
    return case


def _actor(agency: Agency, who: str, case: Case) -> Actor:
    if who == "time":
        return SYSTEM
    return citizen(case) if who == "citizen" else User.objects.get(username=who)


IN_TEN_DAYS = (date.today() + timedelta(days=10)).isoformat()
ACCEPT = ("accept", "intake", {"unit": "water"})
ASSIGNED = ("assigned", "supervisor", {"assignee": "officer"})
ASK = ("ask", "officer", {"text": "Berapa rumah yang terdampak?"})
RESPOND = ("respond", "officer", {"text": "Pompa sudah diganti dan air mengalir lagi."})
WORK = [ACCEPT, ASSIGNED]

#: The acts that lead to each stage. `review` needs `category="bills"`.
PATHS: dict[str, list[tuple[str, str, dict[str, Any]]]] = {
    "triage": [],
    "wait_triage": [("ask", "intake", {"text": "Di mana tepatnya?"})],
    "assign": [ACCEPT],
    "work": WORK,
    "wait_work": [*WORK, ASK],
    "on_hold": [*WORK, ("hold", "officer", {"reason": "Menunggu PLN", "until": IN_TEN_DAYS})],
    "review": [*WORK, RESPOND],
    "confirm": [*WORK, RESPOND],
    "closed": [*WORK, RESPOND, ("confirm", "citizen", {})],
    "auto_closed": [*WORK, RESPOND, ("timeout", "time", {})],
    "rejected": [("reject", "intake", {"reason": "Bukan pengaduan."})],
    "referred": [("refer", "intake", {"body": "PLN", "reason": "Urusan PLN."})],
    "lapsed": [*WORK, ASK, ("timeout", "time", {})],
    "withdrawn": [("withdraw", "citizen", {"reason": "Sudah beres."})],
}
