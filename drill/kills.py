"""The kill drills: each round kills one thing under load, and sees it come back."""

from __future__ import annotations

import secrets
import statistics
import time
from collections.abc import Callable
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from accounts.models import User
from casework.models import Case, Event
from drill.installation import Installation, NotBack, kill, wait_for
from drill.ledger import Answer, Complaint, Deed, Ledger, own_address, unique
from drill.load import Load
from workflows import filing
from workflows.actions import act

Round = Callable[[], None]

BETWEEN = 15  # complaints and acts accepted before the next kill: there is something to lose
STALLED = 120.0  # seconds without that many: it did not come back
DUE = 20  # cases on which time acts in one round of the sweep
TRIES = 5  # a sweep that was too quick is no round


class Kills:
    """Kill drills over one installation and its load."""

    def __init__(self, installation: Installation, load: Load, ledger: Ledger) -> None:
        self.installation, self.load, self.ledger = installation, load, ledger
        #: Seconds from a kill to the next yes, by kind.
        self.away: dict[str, list[float]] = {}
        self._struck = 0.0

    def of(self, kind: str) -> Round:
        """What one round of a kind does; it raises `NotBack`."""
        rounds = {"web": self._web, "database": self._database, "sweep": self._sweep}
        return lambda: self._one(kind, rounds[kind])

    def typical(self, kind: str) -> str:
        """How long people waited after a kill, in words."""
        spent = self.away.get(kind)
        if not spent:
            return ""
        return f"the next yes after {statistics.median(spent):.1f} s, {max(spent):.1f} s at most"

    def _one(self, kind: str, strike: Round) -> None:
        if not self.load.wait_for_more(BETWEEN, STALLED):
            raise NotBack(f"fewer than {BETWEEN} answers in {STALLED:g} s")
        time.sleep(secrets.randbelow(700) / 1000)
        strike()
        # What was on its way at the kill may still have been answered: the second yes is a new one.
        if not self.load.wait_for_more(2, STALLED):
            raise NotBack(f"no answer in {STALLED:g} s after the kill")
        self.away.setdefault(kind, []).append(time.monotonic() - self._struck)
        # Ours fell with the database, if that was struck.
        connection.close()

    def _web(self) -> None:
        self._struck = time.monotonic()
        self.installation.kill_web()
        self.installation.start_web()

    def _database(self) -> None:
        self._struck = time.monotonic()
        if secrets.randbelow(2):
            self.installation.kill_postmaster()
        else:
            self.installation.kill_backend()
        self.installation.wait_for_database()

    def _sweep(self) -> None:
        """Killed between the first and the last of what is due, else it is tried again."""
        for _try in range(TRIES):
            due = self._let_fall_due()
            self._kill_a_sweep(due, 1 + secrets.randbelow(DUE - 1))
            if _taken(due) < DUE:
                return
        raise NotBack(f"{TRIES} sweeps ended before they could be killed")

    def _kill_a_sweep(self, due: list[int], at: int) -> None:
        """Once time has acted on so many of these cases."""
        # The relay delivers first, and is killed among its mails too.
        command = "relay" if secrets.randbelow(4) == 0 else "sweep"
        process = self.installation.start(command, "manage.py", command)
        try:
            wait_for(lambda: _taken(due) >= at, STALLED, "the sweep")
        finally:
            self._struck = time.monotonic()
            kill(process)

    def _let_fall_due(self) -> list[int]:
        """Cases with a question that nobody answered, and whose time is over now."""
        intake = User.objects.get(username="intake")
        cases = [self._question(intake) for _number in range(DUE)]
        past = timezone.now() - timedelta(seconds=1)
        Case.objects.filter(pk__in=[case.pk for case in cases]).update(timeout_at=past)
        self.ledger.due += [case.reference for case in cases]
        return [case.pk for case in cases]

    def _question(self, intake: User) -> Case:
        said = {"text": unique("Lampu padam di jalan."), "identity": "named", "name": "Budi"}
        said["email"] = own_address()
        filed = filing.file(said)
        words = unique("Jalan mana?")
        act(filed.case, "ask", intake, text=words)
        reference, yes = filed.case.reference, Answer.ACCEPTED
        self.ledger.complaints.append(Complaint(said["text"], yes, reference, filed.secret or ""))
        self.ledger.deeds.append(Deed(reference, "ask", words, yes))
        return filed.case


def _taken(due: list[int]) -> int:
    return Event.objects.filter(case__in=due, kind="timeout").count()
