"""The drill's inner half: sets the installation up, runs the drills, judges, prints the summary.

`python -m drill.session ROUNDS SECONDS [KIND …]`, in surroundings that `drill.__main__` made.
Ends with 0 where nothing was lost, with 1 where something was.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

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
from drill.load import Load  # noqa: E402
from drill.mailbox import Mailbox  # noqa: E402
from drill.races import Races  # noqa: E402
from drill.saying import say, undeterred  # noqa: E402
from notifications.models import Outbox, State  # noqa: E402

DELIVERED = 120.0  # seconds for everything that is owed to be sent in the end
TOLD = 20  # faults of a kind that are printed; the rest are counted


class Session:
    """One run of the drills over one installation."""

    def __init__(self, rounds: int, seconds: float) -> None:
        self.begun = time.monotonic()
        self.rounds, self.last_begin = rounds, self.begun + seconds
        self.ledger = Ledger()
        self.verdict = verdict.Verdict()
        self.troubles: list[str] = []
        #: What the summary says of each kind.
        self.done: dict[str, str] = {}
        self.mailbox = Mailbox(settings.EMAIL_PORT)
        self.installation = Installation(settings.DATA_DIR, settings.BASE_URL)

    def run(self, chosen: list[str]) -> bool:
        """Run the drills of these kinds; whether all is well."""
        say("Setting up an installation of its own …")
        with startup.alone():
            serve.migrate()
        people = office.build(settings.BASE_URL)
        self._guarded(lambda: self._drills(chosen, people))
        self._judge()
        self.installation.kill_web()
        say(self.summary())
        return self.verdict.clean and not self.troubles

    def _drills(self, chosen: list[str], people: office.Office) -> None:
        if "points" in chosen:
            self._points()
        if set(chosen) == {"points"}:
            return
        self.installation.start_web()
        people.sign_in()
        if "races" in chosen:
            self._races(Races(self.installation, people, self.ledger))
        load = Load(people, self.ledger)
        kills = Kills(self.installation, load, self.ledger)
        for kind in ("web", "database", "sweep"):
            if kind in chosen:
                with load.going_on():
                    self._rounds(kind, self.rounds, kills.of(kind))
                say(f"  {kind}: {kills.typical(kind)}")
        self.troubles += load.troubles

    def _points(self) -> None:
        """These need no rounds: every point is tried."""
        say(f"points    {kinds.ALL['points']}")
        found, faults = points.drill()
        self.verdict.half += faults
        self.done["points"] = str(found)

    def _races(self, races: Races) -> None:
        went, asked = 0, 0
        for turn in range(1, self.rounds + 1):
            for name, race in races.all().items():
                if time.monotonic() > self.last_begin:
                    break
                asked += 1
                faults = race()
                went += not faults
                self.troubles += [f"{name}: {fault}" for fault in faults]
            progress("races", turn, self.rounds)
        self.done["races"] = f"{went}/{asked}"

    def _rounds(self, kind: str, rounds: int, one: Callable[[], None]) -> None:
        self.done[kind] = f"0/{rounds}"
        for turn in range(1, rounds + 1):
            if time.monotonic() > self.last_begin:
                break
            one()
            self.done[kind] = f"{turn}/{rounds}"
            progress(kind, turn, rounds)

    def _guarded(self, job: Callable[[], None]) -> None:
        """What did not come back makes the drill red; what was accepted is judged all the same."""
        try:
            job()
        except NotBack as away:
            self.troubles.append(str(away))

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

        The relay of the web process does it, which has outlived the database several times.
        """
        deadline = time.monotonic() + DELIVERED
        while time.monotonic() < deadline:
            owed = Outbox.objects.filter(state__in=(State.SENDING, State.FAILED, State.QUEUED))
            if not owed.exists():
                return
            owed.exclude(state=State.QUEUED).update(next_try=timezone.now(), attempts=1)
            time.sleep(2)

    def summary(self) -> str:
        """The one line that says it all."""
        which = ", ".join(f"{kind} {done}" for kind, done in self.done.items())
        mails = self.mailbox.came
        counts = (
            f"{self.ledger.accepted():,} accepted, {len(self.verdict.lost)} lost, "
            f"{len(self.verdict.half)} half, {len(self.verdict.doubled)} doubled"
        )
        also = f"{self.ledger.unanswered()} never answered"
        sent = f"{len(mails):,} mails, {sum(mails.values()) - len(mails)} of them twice"
        trouble = f" · {len(self.troubles)} troubles" if self.troubles else ""
        seconds = round(time.monotonic() - self.begun)
        return f"drill: {which} · {counts} · {also} · {sent}{trouble} · {seconds} s"


def progress(kind: str, turn: int, rounds: int) -> None:
    """A line every fifth round, and at the end."""
    if turn % 5 == 0 or turn == rounds:
        say(f"{kind:<9} {turn}/{rounds}  {kinds.ALL[kind]}")


def main() -> int:
    undeterred()
    rounds, seconds, *chosen = sys.argv[1:]
    session = Session(int(rounds), float(seconds))
    well = session.run(chosen or list(kinds.ALL))
    connection.close()
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
