"""How often a scan cries wolf: .venv/bin/python benchmarks/signals.py [SCANS] [--seed S]

Scans 400 services of all sizes, two years and four weeks each, in which nothing happened; and the
same with one of them trebled in the last four weeks. No database is needed. See README.md beside.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.draws import negative_binomial
from benchmarks.null_services import plain
from improvement.statistics.shares import wilson
from improvement.statistics.signals import scan
from improvement.statistics.verdict import Point

SERVICES, HISTORY, NOW = 400, 104, 4
#: Events a year of the smallest and of the largest service; in between by their logarithm.
SMALLEST, LARGEST = 1, 500
#: Services of this many events a year are trebled.
TREBLED = 500
DECLARED = 0.1
#: Dispersions among which each service draws its own.
KINDS = {
    "Poisson": [1],
    "dispersion 2": [2],
    "dispersion 3": [3],
    "half Poisson, half dispersion 3": [1, 3],
}

Drawn = tuple[int, Sequence[Point], Sequence[Point]]


def main(scans: int, seed: int) -> None:
    """Print how many scans had any alarm, and how often the trebled service was found."""
    say(f"{scans} scans of {SERVICES} services, seed {seed}; declared {DECLARED:.0%}")
    for kind, dispersions in KINDS.items():
        source = Random(f"{seed} {kind}")
        false = sum(any_alarm(draw(source, dispersions)) for _scan in range(scans))
        found = [is_found(source, dispersions) for _scan in range(max(scans // 5, 1))]
        share = wilson(false, scans)
        say(
            f"{kind:<32} false {share.value:6.1%} ({share.low:.1%}-{share.high:.1%}) "
            f"{'OK' if share.low <= DECLARED else 'NOT':<4}"
            f"trebled: found in {sum(found)} of {len(found)}"
        )


def any_alarm(services: Sequence[Drawn]) -> bool:
    return any(signal.is_alarm for signal in scan(services, DECLARED))


def is_found(source: Random, dispersions: Sequence[float]) -> bool:
    """Whether the one that trebled, among others in which nothing happened, is an alarm."""
    trebled = service(source, -1, TREBLED, source.choice(dispersions), 3)
    return scan([trebled, *draw(source, dispersions)], DECLARED)[0].is_alarm


def draw(source: Random, dispersions: Sequence[float], services: int = SERVICES) -> list[Drawn]:
    """Services in which nothing happened."""
    return [
        service(
            source,
            key,
            SMALLEST * (LARGEST / SMALLEST) ** source.random(),
            source.choice(dispersions),
        )
        for key in range(services)
    ]


def service(source: Random, key: int, yearly: float, dispersion: float, factor: float = 1) -> Drawn:
    """One service, of so many events a year, and that many times as many now."""
    mean = yearly / 52
    past = [plain(negative_binomial(source, mean, dispersion)) for _week in range(HISTORY)]
    now = [plain(negative_binomial(source, factor * mean, dispersion)) for _week in range(NOW)]
    return key, past, now


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scans", nargs="?", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    main(chosen.scans, chosen.seed)
