"""The drill's inner half: sets the installation up, runs the drills, judges, prints the summary.

`python -m drill.session ROUNDS SECONDS [KIND …]`, in surroundings that `drill.__main__` made.
Ends with 0 where nothing was lost, with 1 where something was.
"""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass

import django
from django.conf import settings

from config import serve, startup
from config.environment import Environment

startup.prepare(Environment())
django.setup()

from django.db import connection  # noqa: E402 - Django first
from django.utils import timezone  # noqa: E402

from drill import kinds, office, points, verdict, wholeness  # noqa: E402
from drill.installation import Installation, NotBack  # noqa: E402
from drill.kills import Kills  # noqa: E402
from drill.ledger import Ledger  # noqa: E402
from drill.line import Silence  # noqa: E402
from drill.load import Load  # noqa: E402
from drill.mailbox import Mailbox  # noqa: E402
from drill.races import Races  # noqa: E402
from drill.saying import say, undeterred  # noqa: E402
from notifications import delivery  # noqa: E402
from notifications.models import Outbox, State  # noqa: E402

DELIVERED = 120.0  # seconds for everything that is owed to be sent in the end
LOOKS_EVERY = 2.0  # seconds
TOLD = 20  # faults of a kind that are printed; the rest are counted
#: The kinds that kill something under load.
KILLED = ("web", "database", "sweep")


@dataclass
class Rounds:
    """Of one kind: how many were asked for, how many were begun, and how many went well."""

    asked: int
    begun: int = 0
    well: int = 0

    @property
    def missing(self) -> int:
        return self.asked - self.begun


class Session:
    """One run of the drills over one installation."""

    def __init__(
        self, rounds: int, seconds: float, installation: Installation, mailbox: Mailbox
    ) -> None:
        self.begun = time.monotonic()
        self.rounds, self.last_begin = rounds, self.begun + seconds
        self.installation, self.mailbox = installation, mailbox
        self.ledger = Ledger()
        self.verdict = verdict.Verdict()
        self.troubles: list[str] = []
        self.points = 0
        self.done: dict[str, Rounds] = {}

    def run(self, chosen: list[str]) -> bool:
        """Run the drills of these kinds; whether all is well.

        However they end, there is a verdict and a summary.
        """
        self.done = {kind: Rounds(self.rounds) for kind in kinds.ALL if kind in chosen}
        self._guarded(lambda: self._drills(chosen))
        self.troubles += [
            f"{kind}: {done.missing} of {done.asked} rounds were not begun"
            for kind, done in self.done.items()
            if done.missing
        ]
        self._guarded(self._judge)
        self.installation.kill_web()
        self._tell()
        say(self.summary())
        return self.verdict.clean and not self.troubles

    def _drills(self, chosen: list[str]) -> None:
        say("Setting up an installation of its own …")
        with startup.alone():
            serve.migrate()
        people = office.build(settings.BASE_URL)
        races = Races(self.installation, people, self.ledger)
        if "races" in chosen:
            self.done["races"].asked *= len(races.all())
        if "points" in chosen:
            self._points()
        if set(chosen) == {"points"}:
            return
        self.installation.start_web()
        people.sign_in()
        if "races" in chosen:
            self._races(races)
        self._kills([kind for kind in self.done if kind in KILLED], people)

    def _points(self) -> None:
        """These need no rounds: every point is tried."""
        say(f"points    {kinds.ALL['points']}")
        self.done["points"] = Rounds(asked=1, begun=1)
        self.points, faults = points.drill()
        self.verdict.half += faults

    def _races(self, races: Races) -> None:
        for turn in range(1, self.rounds + 1):
            for name, race in races.all().items():
                if self._is_over():
                    return
                self.done["races"].begun += 1
                faults = race()
                self.done["races"].well += not faults
                self.troubles += [f"{name}: {fault}" for fault in faults]
            progress("races", turn, self.rounds)

    def _kills(self, chosen: list[str], people: office.Office) -> None:
        load = Load(people, self.ledger)
        kills = Kills(self.installation, load, self.ledger)
        try:
            for kind in chosen:
                with load.going_on():
                    self._rounds(kind, kills.of(kind))
                say(f"  {kind}: {kills.typical(kind)}")
        finally:
            self.troubles += load.troubles

    def _rounds(self, kind: str, one: Callable[[], None]) -> None:
        for turn in range(1, self.rounds + 1):
            if self._is_over():
                return
            self.done[kind].begun += 1
            one()
            self.done[kind].well += 1
            progress(kind, turn, self.rounds)

    def _is_over(self) -> bool:
        """Whether the time is over in which rounds are begun."""
        return time.monotonic() > self.last_begin

    def _guarded(self, job: Callable[[], None]) -> None:
        """What ends a job makes the drill red; what was accepted is judged all the same."""
        try:
            job()
        except (NotBack, Silence) as away:
            self.troubles.append(str(away))
        except Exception:  # noqa: BLE001 - whatever it was: it was no drill
            self.troubles.append(traceback.format_exc())

    def _judge(self) -> None:
        say("Looking whether anything was lost …")
        self._guarded(self.installation.wait_for_database)
        # What a killed sweep left undone is still due.
        self.installation.start("sweep", "manage.py", "sweep").wait()
        self._deliver_everything()
        found = verdict.judge(self.ledger)
        self.verdict.lost += found.lost
        self.verdict.doubled += found.doubled
        self.verdict.half += [*found.half, *wholeness.faults()]
        self.verdict.lost += wholeness.undelivered(self.mailbox.came)

    def _tell(self) -> None:
        """What was wrong, in sentences."""
        for title, faults in (
            ("trouble", self.troubles),
            ("lost", self.verdict.lost),
            ("half", self.verdict.half),
            ("doubled", self.verdict.doubled),
        ):
            for fault in faults[:TOLD]:
                say(f"{title}: {fault}")

    def _deliver_everything(self) -> None:
        """Let the leases of dead senders end, and wait until nothing is owed any more.

        The relay of the web process does it, which has outlived the database several times; where
        there is none, we do.
        """
        deadline = time.monotonic() + DELIVERED
        while time.monotonic() < deadline:
            owed = Outbox.objects.filter(state__in=(State.SENDING, State.FAILED, State.QUEUED))
            if not owed.exists():
                return
            owed.exclude(state=State.QUEUED).update(next_try=timezone.now(), attempts=1)
            if self.installation.has_web():
                time.sleep(LOOKS_EVERY)
            elif not delivery.deliver(until=deadline):
                return  # the rest is not due: the verdict names it

    def summary(self) -> str:
        """The one line that says it all."""
        which = ", ".join(
            f"{kind} {self.points if kind == 'points' else f'{done.well}/{done.asked}'}"
            for kind, done in self.done.items()
        )
        mails = self.mailbox.came
        counts = (
            f"{self.ledger.accepted():,} accepted, {len(self.verdict.lost)} lost, "
            f"{len(self.verdict.half)} half, {len(self.verdict.doubled)} doubled"
        )
        also = f"{self.ledger.unanswered()} never answered"
        sent = f"{len(mails):,} mails, {sum(mails.values()) - len(mails)} of them twice"
        missing = sum(done.missing for done in self.done.values())
        trouble = f" · {len(self.troubles)} troubles" if self.troubles else ""
        trouble += f" · {missing} rounds not begun" if missing else ""
        seconds = round(time.monotonic() - self.begun)
        return f"drill: {which} · {counts} · {also} · {sent}{trouble} · {seconds} s"


def progress(kind: str, turn: int, rounds: int) -> None:
    """A line every fifth round, and at the end."""
    if turn % 5 == 0 or turn == rounds:
        say(f"{kind:<9} {turn}/{rounds}  {kinds.ALL[kind]}")


def main() -> int:
    undeterred()
    rounds, seconds, *chosen = sys.argv[1:]
    mailbox = Mailbox(settings.EMAIL_PORT)
    installation = Installation(settings.DATA_DIR, settings.BASE_URL)
    session = Session(int(rounds), float(seconds), installation, mailbox)
    well = session.run(chosen or list(kinds.ALL))
    connection.close()
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
