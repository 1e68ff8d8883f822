"""Connections are kept between requests, never more than the pool holds, and never a broken one."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import httpx
import psycopg2
import pytest
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections

from config.database.base import DatabaseWrapper
from config.database.pool import Pool, close_pools
from config.environment import PROJECT

SIZE = 4


@pytest.fixture
def another_connection() -> Iterator[type]:
    """Makes wrappers as each thread of a server has its own, on a pool of SIZE."""
    made = []

    def make(**options) -> DatabaseWrapper:
        configured = connections[DEFAULT_DB_ALIAS].settings_dict
        parameters = {**configured["OPTIONS"], "pool_size": SIZE, **options}
        made.append(DatabaseWrapper({**configured, "OPTIONS": parameters}))
        made[-1].inc_thread_sharing()
        return made[-1]

    yield make
    for wrapper in made:
        wrapper.close()
    close_pools()


def ask(wrapper: DatabaseWrapper, sql: str, *parameters):
    with wrapper.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchone()[0] if cursor.description else None


def backend_of(wrapper: DatabaseWrapper) -> int:
    return ask(wrapper, "SELECT pg_backend_pid()")


pytestmark = pytest.mark.django_db


def test_a_closed_connection_is_used_again(another_connection):
    first, second = another_connection(), another_connection()
    pid = backend_of(first)
    first.close()
    assert backend_of(second) == pid


def test_a_connection_in_use_is_given_to_nobody_else(another_connection):
    assert backend_of(another_connection()) != backend_of(another_connection())


def test_a_broken_connection_is_replaced_without_an_error(another_connection):
    killer, first, second = (another_connection() for _ in range(3))
    pid = backend_of(first)
    assert backend_of(killer) != pid
    first.close()
    ask(killer, "SELECT pg_terminate_backend(%s, 5000)", pid)
    assert backend_of(second) not in (pid, None)


def test_a_connection_that_breaks_in_use_fails_once_and_frees_its_place(another_connection):
    killer, broken = another_connection(pool_size=2), another_connection(pool_size=2)
    ask(killer, "SELECT pg_terminate_backend(%s, 5000)", backend_of(broken))
    with pytest.raises(OperationalError):
        backend_of(broken)
    broken.close()
    assert backend_of(broken)


#: Of this session: others hold theirs meanwhile.
HELD = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"


def test_nothing_of_a_session_is_left_for_the_next(another_connection):
    first, second = another_connection(), another_connection()
    pid = backend_of(first)
    first.set_autocommit(False)
    ask(first, "SELECT pg_advisory_lock(7)")
    ask(first, "SET search_path TO nowhere")
    ask(first, "CREATE TEMPORARY TABLE left_behind (n int)")
    first.close()
    assert backend_of(second) == pid
    assert second.get_autocommit()
    assert ask(second, "SHOW search_path") == '"$user", public'
    assert ask(second, "SHOW lock_timeout") == "10s"
    assert ask(second, "SHOW timezone") == "UTC"
    assert ask(second, HELD) == 0
    assert ask(second, "SELECT to_regclass('left_behind')") is None


def test_who_finds_all_in_use_waits_for_one(another_connection):
    holder, waiter = another_connection(pool_size=1), another_connection(pool_size=1)
    pid = backend_of(holder)
    threading.Timer(0.2, holder.close).start()
    assert backend_of(waiter) == pid


def test_who_waits_too_long_is_told_why(another_connection):
    holder = another_connection(pool_size=1, pool_timeout="0.2")
    waiter = another_connection(pool_size=1, pool_timeout="0.2")
    backend_of(holder)
    with pytest.raises(OperationalError, match="All 1 database connections have been in use"):
        backend_of(waiter)


def test_a_server_out_of_reach_is_waited_for_by_each_for_itself():
    """Not by one after the other: that would be the timeout times the people."""
    pool, asking = Pool(SIZE, timeout=5), threading.Barrier(SIZE)

    def connect():
        asking.wait(timeout=5)  # broken unless all of them ask at once
        raise psycopg2.OperationalError("no route to host")

    for _outage in range(2):
        with ThreadPoolExecutor(SIZE) as people:
            asked = [people.submit(pool.take, connect) for _ in range(SIZE)]
        assert {str(one.exception()) for one in asked} == {"no route to host"}


def test_a_thread_that_died_holding_a_connection_frees_its_place(another_connection):
    holder = another_connection(pool_size=1)
    backend_of(holder)
    holder.connection = None  # what the end of a thread does to it
    assert backend_of(another_connection(pool_size=1))


def test_a_child_process_does_not_talk_over_its_parents_connection(another_connection):
    first = another_connection()
    pid = backend_of(first)
    first.close()
    child = os.fork()
    if not child:
        os._exit(0 if backend_of(another_connection()) != pid else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert backend_of(another_connection()) == pid


def test_a_pool_of_none_keeps_none(another_connection):
    first, second = another_connection(pool_size=0), another_connection(pool_size=0)
    pid = backend_of(first)
    first.close()
    assert backend_of(second) != pid


@pytest.fixture
def site() -> Iterator[str]:
    """The address of a real server in a process of its own, with a pool of SIZE."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    url = os.environ["DATABASE_URL"]
    pooled = f"{url}{'&' if '?' in url else '?'}pool_size={SIZE}&application_name=pool{port}"
    environment = {**os.environ, "DATABASE_URL": pooled}
    command = [sys.executable, "-m", "tests.config.site", str(port)]
    with subprocess.Popen(command, cwd=PROJECT, env=environment) as server:
        address = f"http://127.0.0.1:{port}"
        while server.poll() is None:
            try:
                httpx.get(f"{address}/backend")
                break
            except httpx.TransportError:
                time.sleep(0.05)
        yield address
        server.terminate()


def open_backends(address: str) -> int:
    parameters = DatabaseWrapper(
        connections[DEFAULT_DB_ALIAS].settings_dict
    ).get_connection_params()
    watcher = psycopg2.connect(**parameters)
    with watcher, watcher.cursor() as cursor:
        name = f"pool{address.rsplit(':', 1)[1]}"
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE application_name = %s", [name])
        found = cursor.fetchone()[0]
    watcher.close()
    return found


def test_fifty_requests_at_once_use_no_more_backends_than_the_pool_holds(site):
    with httpx.Client() as client, ThreadPoolExecutor(50) as people:
        answers = list(people.map(lambda _: client.get(f"{site}/backend"), range(50)))
    assert [answer.status_code for answer in answers] == [200] * 50
    assert 1 < len({answer.text for answer in answers}) <= SIZE
    assert open_backends(site) <= SIZE


def test_fifty_requests_one_after_another_do_not_use_a_backend_each(site):
    """One, or two where the next request is here before the last one's backend is back."""
    with httpx.Client() as client:
        assert len({client.get(f"{site}/backend").text for _ in range(50)}) <= 2


def test_who_hangs_up_leaves_no_connection_behind(site):
    """More of them than the pool has places, and the next request is served at once."""

    def hang_up(_number: int) -> None:
        with suppress(httpx.ReadTimeout):
            httpx.get(f"{site}/backend", timeout=httpx.Timeout(5, read=0.01))

    with ThreadPoolExecutor(SIZE) as people:
        list(people.map(hang_up, range(10 * SIZE)))
    assert httpx.get(f"{site}/backend", timeout=5).status_code == 200
    assert open_backends(site) <= SIZE


def test_a_server_whose_database_was_restarted_answers_the_next_request(site):
    with httpx.Client() as client, connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        before = client.get(f"{site}/backend").text
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [int(before)])
        after = client.get(f"{site}/backend")
    assert after.status_code == 200
    assert after.text != before


def test_the_settings_name_the_pooled_backend():
    assert settings.DATABASES["default"]["ENGINE"] == "config.database"
    assert settings.DATABASES["default"]["CONN_MAX_AGE"] == 0
