"""A drill is green only where it drilled: whatever ends it, there is a verdict and a summary."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import pytest

from drill import session
from drill.installation import NotBack
from drill.ledger import Answer, Complaint
from drill.line import Heard, Silence
from drill.sending import Sender
from notifications.models import Outbox
from tests.agency import Agency, walk

pytestmark = pytest.mark.django_db


class Everything(Counter):
    """A mailbox that every message reached once."""

    def __missing__(self, key: Any) -> int:
        return 1


class Installation:
    """Nothing runs, and nothing has to."""

    web = False

    def start_web(self) -> None:
        self.web = True

    def kill_web(self) -> None:
        self.web = False

    def has_web(self) -> bool:
        return False

    def wait_for_database(self) -> None:
        pass

    def start(self, name: str, *arguments: str) -> Any:
        return self

    def wait(self) -> int:
        return 0


class Office:
    def sign_in(self) -> None:
        pass


class Load:
    """Nobody does anything, or cannot begin."""

    error: Exception | None = None

    def __init__(self, *_: Any) -> None:
        self.troubles: list[str] = []

    @contextmanager
    def going_on(self) -> Iterator[None]:
        if self.error:
            raise self.error
        yield


class Kills:
    """Each round is well."""

    def __init__(self, *_: Any) -> None:
        pass

    def of(self, kind: str) -> Callable[[], None]:
        return lambda: None

    def typical(self, kind: str) -> str:
        return ""


@pytest.fixture(autouse=True)
def fakes(monkeypatch) -> None:
    monkeypatch.setattr(session.startup, "alone", nullcontext)
    monkeypatch.setattr(session.serve, "migrate", lambda: None)
    monkeypatch.setattr(session.office, "build", lambda site: Office())
    monkeypatch.setattr(session, "Load", type("Load", (Load,), {}))
    monkeypatch.setattr(session, "Kills", Kills)


def ran(*kinds: str, rounds: int = 1, seconds: float = 60) -> session.Session:
    mailbox = type("Mailbox", (), {"came": Everything()})()
    run = session.Session(rounds, seconds, Installation(), mailbox)
    run.well = run.run(list(kinds))
    return run


def test_a_drill_in_which_all_went_well_is_green(capsys) -> None:
    run = ran("web", "sweep", rounds=2)
    assert run.well
    assert run.summary().startswith("drill: web 2/2, sweep 2/2 · 0 accepted, 0 lost")
    assert "trouble" not in capsys.readouterr().out


def test_rounds_that_were_not_begun_make_it_red(capsys) -> None:
    run = ran("web", "sweep", rounds=3, seconds=0)
    assert not run.well
    assert "drill: web 0/3, sweep 0/3 ·" in run.summary()
    assert "6 rounds not begun" in run.summary()
    assert "trouble: web: 3 of 3 rounds were not begun" in capsys.readouterr().out


def test_races_that_were_not_begun_make_it_red(monkeypatch) -> None:
    def takes_long() -> list[str]:
        monkeypatch.setattr(session.Session, "_is_over", lambda self: True)
        return []

    monkeypatch.setattr(session.Races, "all", lambda self: {"one": takes_long, "other": takes_long})
    run = ran("races", rounds=2)
    assert not run.well
    assert "races 1/4 ·" in run.summary()
    assert "3 rounds not begun" in run.summary()


@pytest.mark.parametrize(
    "error", [IndexError("list index out of range"), Silence("POST /"), NotBack("the web process")]
)
def test_a_load_that_cannot_begin_is_a_trouble(error: Exception, capsys) -> None:
    session.Load.error = error
    run = ran("web")
    said = capsys.readouterr().out
    assert not run.well
    assert f"{error}" in said
    assert said.splitlines()[-1].startswith("drill: web 0/1 ·")


def test_an_installation_that_cannot_be_set_up_is_a_trouble(monkeypatch, capsys) -> None:
    monkeypatch.setattr(session.office, "build", lambda site: 1 / 0)
    assert not ran("points", "web").well
    assert "ZeroDivisionError" in capsys.readouterr().out


def test_a_verdict_that_cannot_be_found_is_a_trouble(monkeypatch) -> None:
    monkeypatch.setattr(session.verdict, "judge", lambda ledger: 1 / 0)
    assert not ran("web").well


def test_what_went_wrong_under_load_is_told_also_where_a_kill_ended_it(monkeypatch) -> None:
    monkeypatch.setattr(Load, "__init__", lambda self, *_: setattr(self, "troubles", ["a story"]))
    session.Load.error = NotBack("the web process")
    assert "a story" in ran("web").troubles


def test_points_alone_owe_no_message_that_nobody_was_there_to_send(
    agency: Agency, monkeypatch
) -> None:
    walk(agency, "work")
    assert Outbox.objects.filter(state="queued").exists()
    monkeypatch.setattr(session.points, "drill", lambda: (3, ["note: at point 2: half"]))
    run = ran("points")
    assert (run.verdict.half, run.verdict.lost, run.troubles) == (
        ["note: at point 2: half"],
        [],
        [],
    )
    assert "drill: points 3 ·" in run.summary()
    assert not run.well


@pytest.mark.parametrize(("well", "status"), [(True, 0), (False, 1)])
def test_the_exit_status_says_whether_all_was_well(well: bool, status: int, monkeypatch) -> None:
    asked = []
    monkeypatch.setattr(session, "Mailbox", lambda port: None)
    monkeypatch.setattr(session, "undeterred", lambda: None)
    monkeypatch.setattr(session.Session, "run", lambda self, kinds: asked.append(kinds) or well)
    monkeypatch.setattr(sys, "argv", ["session", "1", "60", "web"])
    assert session.main() == status
    assert asked == [["web"]]


def test_a_receipt_that_says_nothing_is_told_in_words(monkeypatch) -> None:
    class Mute:
        def __enter__(self) -> "Mute":
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def form(self, path: str) -> dict[str, str]:
            return {}

        def post(self, path: str, **content: Any) -> Heard:
            return Heard(302, "", "/complain/receipt/", sure=True)

        def get(self, path: str) -> Heard:
            return Heard(404, "Not found", "", sure=True)

    office = type("Office", (), {"phone": lambda self: Mute()})()
    ledger = session.Ledger()
    with pytest.raises(Silence, match="with status 404"):
        Sender(office, ledger).file_by_pages({"text": "Air mati"}, file=False)
    assert ledger.complaints == [Complaint("Air mati", Answer.ACCEPTED)]
