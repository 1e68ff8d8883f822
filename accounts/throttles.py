"""How often somebody may knock: counted in Django's cache, and forgotten there.

An address is kept only as a digest under a random key that lives in the same cache for a day at
most. So nothing that stays joins an address to a case.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from django.core.cache import cache
from django.utils.translation import ngettext
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

DAY = 24 * 3600  # seconds
_KEY = "throttle-key"
_SOON = 2  # seconds: above a ceiling


class TooMany(Exception):
    """Not now: `wait` is how many whole seconds remain."""

    def __init__(self, wait: int) -> None:
        super().__init__(wait)
        self.wait = wait

    @property
    def when(self) -> str:
        """When to come again, in words: minutes, rounded up."""
        minutes = -(-self.wait // 60)
        return ngettext("in one minute", "in %(n)s minutes", minutes) % {"n": minutes}


@dataclass(frozen=True)
class Pace:
    """`free` knocks in each window; after that the pause between two doubles, up to `longest`.

    Windows begin with the hour or the day of UTC. `window`, `first` and `longest` are seconds.
    What is refused is not counted, so waiting helps.
    """

    free: int
    window: int
    first: int
    longest: int

    def pause(self, knocks: int) -> int:
        """How many seconds lie between this knock and the next."""
        beyond = knocks - self.free
        return min(self.first * 2 ** min(beyond - 1, 30), self.longest) if beyond > 0 else 0


#: Where a lane says that it is shut, where it counts, and its pace.
Key = tuple[str, str, Pace]


@dataclass(frozen=True)
class Throttle:
    """The paces of one thing that people do, by whom they are counted for; and a ceiling.

    The ceiling is of all knocks in one second that come in the same lanes, and has two halves: who
    knocked often shares one with others like them, so a flood leaves the other to everybody else.
    It never grows: else one stranger could shut the door for everybody. None: there is no ceiling.
    `lanes` name who knocks: `{"case": "26-7K3M9QE"}`.
    """

    name: str
    ceiling: int | None
    paces: Mapping[str, Pace] = field(default_factory=dict)

    def enter(self, lanes: Mapping[str, str], times: int = 1) -> None:
        """Count a knock, or several at once: all of them come in, or none.

        Raises `TooMany`, and then counts nothing, where one has to wait.
        """
        try:
            keys = self._keys(lanes)
            if wait := max((_left(gate) for gate, _count, _pace in keys), default=0):
                raise TooMany(wait)
            if self._full(lanes, keys):
                raise TooMany(_SOON)
            if wait := max((_step(*key, times) for key in keys), default=0):
                raise TooMany(wait)
        except RedisError as error:
            _uncounted(error)

    def forgive(self, lanes: Mapping[str, str]) -> None:
        """Take a knock back: it was a good one."""
        try:
            for gate, count, _pace in self._keys(lanes):
                cache.delete(gate)
                _add(count, -1)
        except RedisError as error:
            _uncounted(error)

    def missed(self, lanes: Mapping[str, str]) -> int:
        """Count a wrong try of what a right one always opens; gives the seconds to wait, or 0."""
        try:
            keys = self._keys(lanes)
            return max(pace.pause(_add(count, 1, pace.window)) for _gate, count, pace in keys)
        except RedisError as error:
            return _uncounted(error)

    def _full(self, lanes: Mapping[str, str], keys: list[Key]) -> bool:
        """Whether this second has had enough of such knocks."""
        if self.ceiling is None:
            return False
        often = any((cache.get(count) or 0) > pace.free for _gate, count, pace in keys)
        half = f"{'+'.join(lanes)}:{'often' if often else 'seldom'}"
        return _add(f"throttle:{self.name}:{half}:{int(time.time())}", 1, 5) > self.ceiling

    def _keys(self, lanes: Mapping[str, str]) -> list[Key]:
        """Of each lane, and of the neighbourhood of an address."""
        made = [self._key(lane, who, self.paces[lane]) for lane, who in lanes.items()]
        here = lanes.get("address", "")
        if (wide := wide_of(here)) != here:
            # A town may share it, so nobody waits for it: it tells alone who knocks often.
            made.append(self._key("wide", wide, replace(self.paces["address"], first=0, longest=0)))
        return made

    def _key(self, lane: str, who: str, pace: Pace) -> Key:
        key = f"throttle:{self.name}:{lane}:{_digest(who)}"
        return f"{key}:gate", f"{key}:count", pace


@dataclass(frozen=True)
class Share:
    """How much one neighbourhood may hold at a time of a room that everybody shares.

    What nobody gives back is forgotten with the day.
    """

    name: str
    most: int

    def take(self, address: str, amount: int) -> bool:
        """Count so much more; False, and nothing is counted, where it is too much."""
        try:
            if _add(self._count(address), amount, DAY) <= self.most:
                return True
            _add(self._count(address), -amount)
        except RedisError as error:
            _uncounted(error)
            return True
        return False

    def give_back(self, address: str, amount: int) -> None:
        """Count so much less."""
        try:
            _add(self._count(address), -amount)
        except RedisError as error:
            _uncounted(error)

    def _count(self, address: str) -> str:
        return f"share:{self.name}:{_digest(wide_of(address))}:count"


def address_of(request: Any) -> str:
    """Where a request comes from, as the server and its trusted proxies say."""
    return network_of(request.META.get("REMOTE_ADDR", ""))


def network_of(address: str) -> str:
    """What counts as one place: an IPv4 address, or a /64 of IPv6, which one line is given."""
    try:
        found = ip_address(address.split("%", maxsplit=1)[0])
    except ValueError:
        return "elsewhere"
    if not isinstance(found, IPv6Address):
        return str(found)
    return str(found.ipv4_mapped or ip_network((found, 64), strict=False))


def wide_of(network: str) -> str:
    """The neighbourhood of a place: a /48 of IPv6, of which one sender may have every /64."""
    try:
        found = ip_network(network)
    except ValueError:
        return network
    return str(found.supernet(new_prefix=48) if found.version == 6 else found.network_address)


def _step(gate: str, count: str, pace: Pace, times: int) -> int:
    """Count, and shut the lane where it went too fast; the seconds left if another just did."""
    pause = pace.pause(_add(count, times, pace.window))
    if not pause or cache.add(gate, int(time.time()) + pause, pause):
        return 0
    _add(count, -times)
    return _left(gate) or 1


def _left(gate: str) -> int:
    until = cache.get(gate)
    return max(1, until - int(time.time())) if until else 0


def _add(count: str, by: int, window: int = 0) -> int:
    """Add to a count; gives the new number.

    All counts of a window end together: an end of its own would tell when somebody first knocked,
    and so, beside the moment at which a complaint came, which one is theirs.
    """
    if window:
        cache.add(count, 0, window - int(time.time()) % window)
    try:
        return cache.incr(count, by)
    except ValueError:  # it ended just now
        return by


def _digest(who: str) -> str:
    key = cache.get(_KEY)
    if key is None:
        fresh = secrets.token_hex(32)
        cache.add(_KEY, fresh, DAY)
        key = cache.get(_KEY, fresh)
    return hmac.new(key.encode(), who.encode(errors="replace"), hashlib.sha256).hexdigest()


def _uncounted(error: RedisError) -> int:
    """Without its memory a throttle lets everybody in: a complaint is worth more than a count."""
    log.warning("Knocks are not counted, because Redis does not answer: %s", error)
    return 0
