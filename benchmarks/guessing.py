"""Guessing a secret, and whether time tells: .venv/bin/python benchmarks/guessing.py

Prints times of wrong and unknown, what a flood of guesses gets, and what its owner meets meanwhile.
See README.md beside it.
"""

from __future__ import annotations

import secrets
import statistics
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import httpx

from benchmarks.installation import serving

PAIRS = 400  # tries of each kind
MINUTES = 2
TRIES = 1_000  # a minute
OWNER_EVERY = 2.0  # seconds
SPACE = 10**16  # secrets of 16 digits
YEAR = 365.25 * 24 * 60  # minutes
UNKNOWN = "26-7K3M9QE"  # a reference that is well formed and of no case


def main() -> None:
    """Serve a demo installation of its own, and guess there from many addresses."""
    # Where a request comes from is taken from its header, as behind a proxy.
    with serving(TRUSTED_PROXIES="127.0.0.1") as host:
        site = f"http://{host}/api/v1"
        reference, secret = file_complaint(site)
        compare_times(site, reference)
        flood(site, reference, secret)


def file_complaint(site: str) -> tuple[str, str]:
    """A complaint without a name; its reference and its secret."""
    said = {"text": "Air mati empat hari di RT 03 Karangsari.", "identity": "none"}
    answer = httpx.post(
        f"{site}/cases/", json=said, headers={"Idempotency-Key": secrets.token_hex(16)}
    )
    answer.raise_for_status()
    return answer.json()["reference"], answer.json()["secret"]


def knock(client: httpx.Client, reference: str, secret: str) -> tuple[int, float]:
    """One try from an address of its own; status and milliseconds."""
    number = secrets.randbits(24)
    address = f"100.{number >> 16}.{number >> 8 & 255}.{number & 255}"
    begun = time.perf_counter()
    answer = client.post(
        "/track/",
        json={"reference": reference, "secret": secret},
        headers={"X-Forwarded-For": address},
    )
    return answer.status_code, (time.perf_counter() - begun) * 1000


def guess() -> str:
    return f"{secrets.randbelow(SPACE):016d}"


def compare_times(site: str, reference: str) -> None:
    """Wrong and unknown in turn, and wrong twice, which says how much is noise."""
    kinds = {"unknown": UNKNOWN, "wrong": reference, "wrong again": reference}
    times: dict[str, list[float]] = {kind: [] for kind in kinds}
    with httpx.Client(base_url=site) as client:
        for _warm in range(20):
            knock(client, UNKNOWN, guess())
        for _pair in range(PAIRS):
            for kind, tried in kinds.items():
                times[kind].append(knock(client, tried, guess())[1])
    medians = {kind: statistics.median(taken) for kind, taken in times.items()}
    for kind, taken in times.items():
        tenth, ninetieth = statistics.quantiles(taken, n=10)[::8]
        say(f"{kind:<12} median {medians[kind]:6.2f} ms, p10 {tenth:6.2f}, p90 {ninetieth:6.2f}")
    say(f"unknown - wrong      {medians['unknown'] - medians['wrong']:+.2f} ms")
    say(f"wrong - wrong again  {medians['wrong'] - medians['wrong again']:+.2f} ms: the noise")


def flood(site: str, reference: str, secret: str) -> None:
    """Guesses at one case from many addresses, while its owner looks in."""
    over = threading.Event()
    met: list[tuple[int, float]] = []
    owner = threading.Thread(target=_look_in, args=(site, reference, secret, over, met))
    owner.start()
    statuses = _guesses(site, reference)
    over.set()
    owner.join()
    answers = ", ".join(f"{n} x {status}" for status, n in sorted(statuses.items()))
    say(f"{sum(statuses.values())} guesses in {MINUTES} min: {answers}")
    good = [taken for status, taken in met if status == 200]
    say(f"owner: {len(good)} of {len(met)} times in, median {statistics.median(good):.1f} ms")
    say(f"one hit at {TRIES} a minute: {SPACE / 2 / TRIES / YEAR:,.0f} years on average")


def _look_in(
    site: str, reference: str, secret: str, over: threading.Event, met: list[tuple[int, float]]
) -> None:
    with httpx.Client(base_url=site) as client:
        while not over.wait(OWNER_EVERY):
            met.append(knock(client, reference, secret))


def _guesses(site: str, reference: str) -> dict[int, int]:
    """So many a minute; how each was answered. A hit would be a 200."""
    found: dict[int, int] = {}
    begun = time.monotonic()
    with httpx.Client(base_url=site) as client:
        for number in range(MINUTES * TRIES):
            time.sleep(max(0.0, begun + number * 60 / TRIES - time.monotonic()))
            status, _taken = knock(client, reference, guess())
            found[status] = found.get(status, 0) + 1
    return found


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
