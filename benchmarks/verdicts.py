"""How often a verdict is wrong: .venv/bin/python benchmarks/verdicts.py [N] [--seed S]

Draws N services of each kind (2,000) from a seed (1), judges them, and prints how often which word
is said. No database is needed. See README.md beside it.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.verdict_scenarios import BEYOND, IMPROVED, NULLS, Scenario
from improvement.statistics.estimates import Estimate
from improvement.statistics.shares import wilson
from improvement.statistics.verdict import Word

#: "Improved" may be said of so many services in which nothing was.
DECLARED = 0.025
#: It is to be said of so many that had 30 % less of 200 events expected.
POWER = 0.85


def main(number: int, seed: int) -> None:
    """Print a table for each kind of scenario."""
    say(f"{number} services of each kind, seed {seed}; shares in percent.")
    heading("Nothing improved", "false")
    for scenario in NULLS:
        line(scenario, number, seed, held)
    heading("Improved", "power")
    for scenario in IMPROVED:
        line(scenario, number, seed, powerful if scenario is IMPROVED[0] else unjudged)
    heading("Nothing improved, beyond what a history shows", "false")
    for scenario in BEYOND:
        line(scenario, number, seed, held)


def heading(title: str, share: str) -> None:
    say("")
    say(f"{title:<38} {share:>6}  {'interval':>12}   worse  no change  cannot  early")


def line(scenario: Scenario, number: int, seed: int, verdict: Callable[[Estimate], str]) -> None:
    """Judge so many of a kind, and print how often each word was said."""
    judged = scenario.judgements(Random(f"{seed} {scenario.name}"), number)
    words = Counter(one.word for one in judged)
    said = wilson(words[Word.IMPROVED], number)
    others = [
        100 * words[word] / number
        for word in (Word.WORSE, Word.NO_CLEAR_CHANGE, Word.CANNOT_BE_TOLD, Word.TOO_EARLY)
    ]
    say(
        f"{scenario.name:<38} {100 * said.value:6.2f}  "
        f"{100 * said.low:5.2f}-{100 * said.high:<6.2f}"
        "  {:6.2f}     {:6.2f}  {:6.2f} {:6.2f}  ".format(*others)
        + verdict(said)
    )


def held(said: Estimate) -> str:
    """Whether the declared rate is held, as far as so many services can tell."""
    return "OK" if said.low <= DECLARED else "NOT"


def powerful(said: Estimate) -> str:
    return "OK" if said.value >= POWER else "NOT"


def unjudged(_said: Estimate) -> str:
    return ""


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", nargs="?", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    main(chosen.number, chosen.seed)
