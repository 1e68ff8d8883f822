"""Many people at once, for as long as a drill lasts."""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from drill.ledger import Ledger
from drill.line import PATIENCE, Silence
from drill.office import Office
from drill.stories import Teller

TELLERS = 6
LAST_WORDS = PATIENCE + 30.0  # seconds for everybody to hear their answer


class Load:
    """Threads that tell stories; what went wrong in one of them is kept in `troubles`."""

    def __init__(self, office: Office, ledger: Ledger) -> None:
        self.ledger = ledger
        self.troubles: list[str] = []
        self._teller = Teller(office, ledger)

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """Load while the block runs; at its end everybody finishes what they began."""
        self._teller.ending.clear()
        self._teller.meeting = self._teller.file(1).reference
        jobs = [*[self._teller.tell] * TELLERS, self._teller.pass_by]
        threads = [threading.Thread(target=self._again, args=[job], daemon=True) for job in jobs]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._teller.ending.set()
            deadline = time.monotonic() + LAST_WORDS
            for thread in threads:
                thread.join(max(0.0, deadline - time.monotonic()))
            if any(thread.is_alive() for thread in threads):
                self.troubles.append("somebody never got an answer")

    def wait_for_more(self, count: int, seconds: float) -> bool:
        """Wait until so many more were accepted; False where that takes too long."""
        wanted, deadline = self.ledger.accepted() + count, time.monotonic() + seconds
        while self.ledger.accepted() < wanted:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.01)
        return True

    def _again(self, job: Callable[[], None]) -> None:
        while not self._teller.ending.is_set():
            try:
                job()
            except Silence as silence:
                self.troubles.append(str(silence))
            except Exception:  # noqa: BLE001 - a thread has nobody above it; it makes the drill red
                self.troubles.append(traceback.format_exc())
                return
