"""The throttle itself: what is counted, for how long, and what is kept of an address."""

import socket
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from redis import Redis

from accounts import throttles
from accounts.throttles import Pace, Throttle, TooMany, network_of
from config import connections

REDIS = "redis://127.0.0.1:6379/9"
DOOR = Throttle("door", 1000, {"address": Pace(3, 600, first=10, longest=60)})
HERE, THERE = {"address": "192.0.2.1"}, {"address": "192.0.2.2"}


def redis_answers() -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", 6379)) == 0


def apart(redis: str) -> dict[str, Any]:
    """The memory of a throttle, with nothing of anybody else in it."""
    return {
        "default": connections.cache(redis)
        | {"LOCATION": redis or uuid4().hex, "KEY_PREFIX": uuid4().hex}
    }


@pytest.fixture(
    params=[
        "",
        pytest.param(
            REDIS,
            marks=pytest.mark.skipif(
                not redis_answers(), reason="No Redis listens on 127.0.0.1:6379."
            ),
        ),
    ],
    ids=["memory", "redis"],
)
def memory(request: Any, settings: Any) -> Any:
    settings.CACHES = apart(request.param)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Seconds that pass when a test says so; what waits for its end there, ends."""
    now = [1_000_000.0]
    monkeypatch.setattr(throttles.time, "time", lambda: now[0])

    def wait(seconds: int) -> None:
        now[0] += seconds

    return wait


def refused(throttle: Throttle, lanes: dict[str, str]) -> int:
    """The wait, or 0 for who is let in."""
    try:
        throttle.enter(lanes)
    except TooMany as refusal:
        return refusal.wait
    return 0


def test_after_the_free_ones_each_pause_is_twice_the_one_before_up_to_the_longest(counted, clock):
    pauses = []
    for _knock in range(8):
        pause = refused(DOOR, HERE)
        if pause:
            clock(pause)
            assert refused(DOOR, HERE) == 0
        pauses.append(pause)
    assert pauses == [0, 0, 0, 0, 10, 20, 40, 60]


def test_the_end_of_a_count_does_not_tell_when_it_began(counted, clock):
    for wait, here in ((0, HERE), (90, THERE)):
        clock(wait)
        assert refused(DOOR, here) == 0
    ends = {end for key, end in cache._expire_info.items() if key.endswith(":count")}
    assert ends == {1_000_200}, "the next whole ten minutes"


def test_whoever_knocks_too_early_waits_no_longer_for_it(memory):
    for _knock in range(4):
        DOOR.enter(HERE)
    assert [refused(DOOR, HERE) for _knock in range(5)][-1] in range(8, 11)
    assert refused(DOOR, THERE) == 0


def test_a_good_knock_is_taken_back(memory):
    for _knock in range(9):
        DOOR.enter(HERE)
        DOOR.forgive(HERE)


def test_a_good_knock_opens_the_lane_that_it_shut(memory):
    for _knock in range(4):
        DOOR.enter(HERE)
    assert refused(DOOR, HERE)
    DOOR.forgive(HERE)
    assert refused(DOOR, HERE) == 0


def test_a_refused_knock_is_counted_in_no_other_lane(memory):
    both = Throttle("both", 1000, {"address": DOOR.paces["address"], "case": Pace(9, 600, 9, 9)})
    for _knock in range(4):
        both.enter({"address": "192.0.2.1", "case": "a"})
    for _knock in range(9):
        assert refused(both, {"address": "192.0.2.1", "case": "b"})
    assert [refused(both, {"case": "b"}) for _knock in range(9)] == [0] * 9


def test_a_ceiling_holds_for_all_and_opens_with_the_next_second(counted, clock):
    low = Throttle("low", 2)
    assert [refused(low, {}) for _knock in range(4)] == [0, 0, 2, 2]
    clock(1)
    assert refused(low, {}) == 0


LOW = Throttle("low", 2, {"address": Pace(3, 600, first=1, longest=1)})


def test_who_knocked_often_shares_a_ceiling_apart(counted, clock):
    often = [{"address": f"198.51.100.{n}"} for n in range(4)]
    for address in often:
        for _miss in range(4):
            LOW.missed(address)
    assert [refused(LOW, address) for address in often][2:] == [2, 2]
    assert refused(LOW, THERE) == 0, "one half is left to everybody else"


def test_who_has_a_48_of_ipv6_is_one_neighbour_who_knocks_often(counted, clock):
    """Each knock from another line, all of them one sender's: none waits, but apart."""
    many = [{"address": network_of(f"2001:db8:7:{n:x}::1")} for n in range(40)]
    for address in many[:4]:
        assert refused(LOW, address) in (0, 2)
        clock(1)
    assert [refused(LOW, address) for address in many[4:8]] == [0, 0, 2, 2]
    assert refused(LOW, {"address": network_of("2001:db8:8:1::1")}) == 0
    clock(1)
    assert refused(LOW, many[9]) == 0, "nobody waits for a neighbour beyond the second"


def test_without_a_ceiling_nobody_waits_for_others(counted, clock):
    open_to_all = Throttle("open", None, DOOR.paces)
    assert [refused(open_to_all, {"address": f"192.0.2.{n}"}) for n in range(99)] == [0] * 99


def test_the_answer_to_a_wrong_try_waits_longer_each_time(memory):
    assert [DOOR.missed(HERE) for _miss in range(7)] == [0, 0, 0, 10, 20, 40, 60]
    assert DOOR.missed(THERE) == 0


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", "elsewhere"),
    ],
)
def test_one_line_of_ipv6_is_a_whole_64(address: str, network: str) -> None:
    assert network_of(address) == network


@pytest.mark.skipif(not redis_answers(), reason="No Redis listens on 127.0.0.1:6379.")
def test_no_address_is_readable_in_what_is_kept_and_all_of_it_ends_within_a_day(settings):
    counts = []
    for _day in range(2):
        settings.CACHES = apart(REDIS)
        for _knock in range(5):
            refused(DOOR, HERE)
        prefix = settings.CACHES["default"]["KEY_PREFIX"]
        kept = Redis.from_url(REDIS)
        keys = list(kept.scan_iter(f"{prefix}*"))
        assert len(keys) >= 4
        assert all(0 < kept.ttl(key) <= throttles.DAY for key in keys)
        assert b"192.0.2" not in b" ".join([*keys, *(kept.get(key) for key in keys)])
        counts.append({key.removeprefix(prefix.encode()) for key in keys if b"count" in key})
    # Another key, another digest: nobody can make the same from the address alone.
    assert counts[0] and not counts[0] & counts[1]


def test_without_its_memory_everybody_is_let_in_and_the_log_says_so(settings, caplog):
    settings.CACHES = {"default": connections.cache("redis://127.0.0.1:1/0")}
    DOOR.enter(HERE)
    assert DOOR.missed(HERE) == 0
    assert "Redis does not answer" in caplog.text and "192.0.2" not in caplog.text
