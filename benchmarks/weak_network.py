"""Filing with a photo over a weak line: .venv/bin/python benchmarks/weak_network.py

Prints bytes and seconds for each step. See README.md beside it.
"""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from PIL import Image  # noqa: E402 - the project comes first

from benchmarks.filing import steps  # noqa: E402
from benchmarks.installation import serving  # noqa: E402
from tests.browser import chromium  # noqa: E402
from tests.line import line_to  # noqa: E402

RATE = 50_000 / 8  # bytes a second: 50 kbit/s in each direction
COLD = 120_000  # bytes of the whole journey without the photo, with an empty cache
STEP = 15_000  # bytes of each page after the first
ROUND_TRIP = 1.0  # seconds
LETTERS = 1_500  # 99 of a hundred real complaints have no more: see filing.py


def main() -> None:
    """Serve a demo installation of its own, and file there over the line."""
    begun = last = time.monotonic()
    total = 0
    with (
        serving() as host,
        line_to(host, rate=RATE, delay=ROUND_TRIP / 2) as (line, far_end),
        chromium() as browser,
    ):
        context = browser.new_context(viewport={"width": 390, "height": 844})
        begun = last = time.monotonic()
        spent: dict[str, int] = {}
        for name in steps(context.new_page(), f"http://{far_end}", photo(), LETTERS):
            now = time.monotonic()
            spent[name] = line.total - total
            say(name, spent[name], now - last)
            last, total = now, line.total
        say("all", total, last - begun)
    judge(spent)


def photo() -> bytes:
    """As a phone takes it: twelve million pixels, some megabytes."""
    grain = Image.effect_noise((500, 375), 60).convert("RGB")
    out = io.BytesIO()
    grain.resize((4000, 3000), Image.Resampling.BICUBIC).save(out, "JPEG", quality=92)
    return out.getvalue()


def judge(spent: dict[str, int]) -> None:
    """Hold what was spent against the budget; the photo is what it is."""
    pages = {name: size for name, size in spent.items() if name != "photo"}
    whole = sum(pages.values())
    name, most = max(list(pages.items())[1:], key=lambda page: page[1])
    sys.stdout.write(f"without the photo {whole:,} of {COLD:,} bytes\n")
    sys.stdout.write(f"of one page {most:,} of {STEP:,} bytes, at {name}\n")
    if whole > COLD or most > STEP:
        raise SystemExit("over the budget")


def say(name: str, size: int, seconds: float) -> None:
    """One line a step."""
    sys.stdout.write(f"{name:<10} {size:>9,} bytes {seconds:>7.1f} s\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
