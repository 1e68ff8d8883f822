"""The installation that is measured, made ready as every command does it; import this first."""

from __future__ import annotations

import sys
from datetime import date

import django

from config import startup
from config.environment import Environment

startup.prepare(Environment())
django.setup()

from django.conf import settings  # noqa: E402 - Django first
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import Membership, User  # noqa: E402
from accounts.rights import Role  # noqa: E402
from casework.models import Case  # noqa: E402
from figures.folding import fold_all  # noqa: E402
from workflows import policies  # noqa: E402
from workflows.jobs import Swept, Turn  # noqa: E402
from workflows.models import Policy  # noqa: E402

PRESET = "id-sp4n"
LONG_AGO = date(2020, 1, 1)  # before any synthetic case


def somebody() -> User:
    """Who signs in: the supervisor of the topmost unit, where clocks run by some policy.

    Ends the program where cases ought not to be entered.
    """
    if not settings.DEMO:
        sys.exit("DEMO is 0: measure on a demo installation, cases cannot be removed.")
    head = Membership.objects.filter(role=Role.SUPERVISOR).order_by("unit__path").first()
    if head is None:
        sys.exit("Nobody is here yet: bin/manage migrate, then bin/manage demo.")
    # Pages name their static files by digest, which serving collects and this has to.
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["viewflow"])
    if not Policy.objects.exists():
        policies.install(PRESET, LONG_AGO, head.user)
    return head.user


def sizes(smallest: list[int]) -> list[int]:
    """The numbers of cases on the command line, ascending, or else those given."""
    given = sys.argv[1:]
    if not all(word.isdecimal() for word in given):
        sys.exit("Each argument is a number of cases: 10000 1000000")
    return sorted(map(int, given)) or smallest


def fill(cases: int) -> int:
    """Enter synthetic cases up to a number, and tidy up after it; returns how many there are."""
    missing = cases - Case.objects.count()
    if missing > 0:
        call_command("bench_data", missing)
        tidy()
    return Case.objects.count()


def tidy() -> None:
    """What database and sweep would do by themselves soon, maybe while it is measured."""
    fold_all(Turn(timezone.now(), Swept()))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
