"""What a request costs: SQL statements, and the CPU time of this process and of the database."""

from __future__ import annotations

import gc
import os
import statistics
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from benchmarks.journeys import Journey, refuse_failed, statements

ROUNDS = 40


@dataclass(frozen=True)
class Cost:
    """`server` and `database` in CPU milliseconds; the database's is None where it is not known."""

    statements: int
    server: float
    database: float | None

    @property
    def total(self) -> float:
        return self.server + (self.database or 0.0)

    def __str__(self) -> str:
        database = "" if self.database is None else f" + {self.database:6.2f}"
        return f"{self.statements:>3} SQL {self.server:6.2f}{database} ms"


class Backend:
    """The one process of PostgreSQL that works for this connection, as /proc knows it."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            # In that process, then, is all that a request costs.
            cursor.execute("SET max_parallel_workers_per_gather = 0")
        self.pid = connection.connection.info.backend_pid
        self.exact = Path(f"/proc/{self.pid}/schedstat")
        self.ticks = Path(f"/proc/{self.pid}/stat")
        self.is_readable = self._is_here()
        self.is_exact = self.is_readable and self.exact.exists()

    def _is_here(self) -> bool:
        """It may be on another machine, where the number is somebody else's."""
        try:
            return "postgres" in self.ticks.read_text()
        except OSError:
            return False

    def milliseconds(self) -> float:
        """CPU time since it began: to the nanosecond where the kernel tells, else in its ticks."""
        if connection.connection.info.backend_pid != self.pid:
            raise RuntimeError("The connection was renewed: its process is another one.")
        if self.is_exact:
            return int(self.exact.read_text().split()[0]) / 1e6
        fields = self.ticks.read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def what_is_measured() -> str:
    """A sentence for whoever reads the figures."""
    if Backend().is_readable:
        return "CPU milliseconds of this process + of the database's that works for it."
    return "CPU milliseconds of this process alone: /proc does not show the database's."


def measured(journeys: Mapping[str, Journey], rounds: int = ROUNDS) -> dict[str, Cost]:
    """Each request in turn, so many times; what a machine does meanwhile befalls all alike."""
    backend = Backend()
    spent: dict[str, list[tuple[float, float]]] = {name: [] for name in journeys}
    for journey in journeys.values():
        for _warm in range(3):
            refuse_failed(journey()())
    counted = {name: statements(journey) for name, journey in journeys.items()}
    gc.collect()
    for _round in range(rounds):
        for name, journey in journeys.items():
            spent[name].append(_once(journey, backend))
    return {name: _cost(counted[name], spent[name], backend) for name in journeys}


def _once(journey: Journey, backend: Backend) -> tuple[float, float]:
    request = journey()
    worked = backend.milliseconds() if backend.is_readable else 0.0
    begun = time.process_time()
    response = request()
    server = (time.process_time() - begun) * 1000
    refuse_failed(response)
    return server, (backend.milliseconds() - worked if backend.is_readable else 0.0)


def _cost(count: int, spent: list[tuple[float, float]], backend: Backend) -> Cost:
    server, database = ([pair[which] for pair in spent] for which in (0, 1))
    # Ticks are longer than most requests: of them only the mean says something.
    typical = statistics.median if backend.is_exact else statistics.fmean
    return Cost(
        count,
        statistics.median(server),
        typical(database) if backend.is_readable else None,
    )
