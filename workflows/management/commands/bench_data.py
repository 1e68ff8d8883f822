"""Cases that nobody filed, in the mix of stages that an agency has after a few years."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.models import Membership, Unit, User
from accounts.rights import Role
from casework.models import Case, Category, Identity
from casework.stages import FINAL, Stage
from workflows.historic import BATCH, HistoricCase, enter

SOURCE = "synthetic"
YEARS = 3
#: How many of a hundred cases rest in a stage; the live ones are the youngest of their hundred.
SHARES = {
    Stage.CLOSED: 60,
    Stage.AUTO_CLOSED: 13,
    Stage.REJECTED: 4,
    Stage.REFERRED: 3,
    Stage.LAPSED: 3,
    Stage.WITHDRAWN: 2,
    Stage.CONFIRM: 2,
    Stage.REVIEW: 1,
    Stage.ON_HOLD: 1,
    Stage.WAIT_WORK: 1,
    Stage.WORK: 5,
    Stage.ASSIGN: 2,
    Stage.TRIAGE: 3,
}
_ROUND = [stage for stage, share in SHARES.items() for _ in range(share)]
_UNASSIGNED = frozenset({Stage.TRIAGE, Stage.ASSIGN})
_ANSWERED = frozenset({Stage.CLOSED, Stage.AUTO_CLOSED, Stage.CONFIRM})
_MATTERS = (
    "Lampu jalan padam sejak Senin",
    "Sampah belum diangkut dua minggu",
    "Air keruh setiap pagi",
    "Antrean loket terlalu lama",
    "Jalan berlubang di depan sekolah",
    "Akta kelahiran belum jadi",
    "Obat di puskesmas habis",
)


class Command(BaseCommand):
    help = "Enter N synthetic cases over the existing units, for measuring. They cannot be removed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("count", type=int, metavar="N")

    def handle(self, *args: Any, **options: Any) -> None:
        count = options["count"]
        if count < 1:
            raise CommandError("N is the number of cases to enter: 1 or more.")
        if not settings.DEMO and Case.objects.exclude(source=SOURCE).exists():
            raise CommandError("Real cases are here. Measure on an installation of its own.")
        if not Unit.objects.filter(active=True).exists():
            raise CommandError("There is no unit yet. Create one first.")
        rows, entered = synthetic_cases(count), 0
        while batch := list(islice(rows, BATCH)):
            entered += enter(batch)
            self._progress(entered / count)
        self.stdout.write(f"{entered} cases")

    def _progress(self, share: float) -> None:
        """A bar on a terminal; nothing in a log."""
        if sys.stderr.isatty():
            bar = "█" * round(share * 30)
            sys.stderr.write(f"\r{bar:░<30} {share:4.0%}" + ("\n" if share == 1 else ""))


@dataclass(frozen=True)
class _Place:
    """A unit with what cases of it need."""

    unit: Unit
    officers: list[User]
    categories: list[Category]


def synthetic_cases(count: int) -> Iterator[HistoricCase]:
    """The rows of `count` cases: the same ones each time, except for the hour they end at."""
    now = timezone.now()
    receiving = Unit.objects.receiving()
    places = [_place(unit) for unit in Unit.objects.filter(active=True)]
    for number in range(count):
        # 37 shares no divisor with 100: every hundred is mixed, and every stage meets every unit.
        stage = _ROUND[number * 37 % len(_ROUND)]
        place = places[(number + number // len(_ROUND)) % len(places)]
        yield _row(number, stage, place, receiving, _received(number, count, stage, now))


def _place(unit: Unit) -> _Place:
    officers = Membership.objects.filter(unit=unit, role=Role.OFFICER, user__is_active=True)
    return _Place(
        unit,
        [membership.user for membership in officers.select_related("user").order_by("pk")],
        list(Category.objects.filter(default_unit=unit, active=True).order_by("pk")),
    )


def _received(number: int, count: int, stage: Stage, now: datetime) -> datetime:
    """Closed cases fill the years; live ones the last twenty days, at any second."""
    if stage in FINAL:
        return now - timedelta(days=30 + (365 * YEARS - 30) * (count - number) / count)
    return now - timedelta(hours=1 + number * 7 % 480, seconds=number * 37 % 3600)


def _row(
    number: int, stage: Stage, place: _Place, receiving: Unit | None, received_at: datetime
) -> HistoricCase:
    early = stage == Stage.TRIAGE
    matter = _MATTERS[number % len(_MATTERS)]
    return HistoricCase(
        text=f"{matter}. Sudah kami laporkan ke RT {number % 40 + 1:02}, mohon ditindaklanjuti.",
        unit=(early and receiving) or place.unit,
        received_at=received_at,
        stage=stage,
        closed_at=received_at + timedelta(days=1 + number % 25) if stage in FINAL else None,
        answer="Sudah kami tangani. Terima kasih atas laporannya." if stage in _ANSWERED else "",
        category=None if early else _nth(place.categories, number),
        assignee=None if stage in _UNASSIGNED else _nth(place.officers, number),
        source=SOURCE,
        identity=Identity.NAMED,
        name=f"Warga {number}",
        address=f"RT {number % 40 + 1:02}",
    )


def _nth(found: list[Any], number: int) -> Any:
    return found[number % len(found)] if found else None
