"""Whether people began, or ceased, to come by another way: then others are counted than before.

Of shares as well: easy complaints by a new channel are answered in time, and nothing is better.
People come one by one: who is counted twice would make a chance look like a shift.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate

from improvement.statistics.verdict.terms import Point

#: How far the shares of a channel on both sides of a week differ before the mix has shifted, in
#: standard errors: at the start itself, and, wider, at whichever week they differ most (the
#: greatest of many is larger by chance: Andrews 1993, Econometrica 61:821).
AT_THE_START, ANYWHERE = 2.6, 3.7
#: Weeks that each side of such a week has at least.
MARGIN = 4


def shifted(points: Sequence[Point], start: int) -> bool:
    """Whether any channel's share shifted, among the weeks whose channels are known.

    `start` is the place of the first week after the change.
    """
    known = [(place, point.by_channel) for place, point in enumerate(points) if point.by_channel]
    totals = [sum(channels.values()) for _place, channels in known]
    begun = sum(place < start for place, _channels in known)
    names = Counter(name for _place, channels in known for name in channels)
    return any(
        _shifts([channels.get(name, 0) for _place, channels in known], totals, begun)
        for name in names
    )


def _shifts(parts: Sequence[int], totals: Sequence[int], start: int) -> bool:
    sides = list(_distances(parts, totals))
    at_start = sides[start - 1] if 0 < start <= len(sides) else 0.0
    return at_start > AT_THE_START or max(sides[MARGIN - 1 : -MARGIN], default=0.0) > ANYWHERE


def _distances(parts: Sequence[int], totals: Sequence[int]) -> Iterator[float]:
    """For each week but the last: how far apart the shares up to it and after it are."""
    part, total = sum(parts), sum(totals)
    pooled = part * (total - part)
    for k, n in list(zip(accumulate(parts), accumulate(totals), strict=True))[:-1]:
        rest = total - n
        if not (n and rest and pooled):
            yield 0.0
            continue
        gap = k / n - (part - k) / rest
        yield abs(gap) * total / math.sqrt(pooled * (1 / n + 1 / rest))
