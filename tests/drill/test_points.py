"""An act that can be killed in its middle and leaves something there is found out."""

from collections.abc import Iterator
from secrets import token_hex

import pytest
from django.core.files.base import ContentFile
from django.db import connection

from casework import pieces, uploads
from casework.models import Case, Event, Piece, Sending
from drill import plots, points
from drill.acts import acts
from drill.office import build
from tests.agency import build_agency, file_case, walk
from workflows.actions import act
from workflows.deeds import EXITS, VERBS

pytestmark = [
    pytest.mark.django_db(transaction=True),
    # Tests run in threads of their own beside it; the child only kills itself.
    pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning"),
]


@pytest.fixture
def case() -> Iterator[Case]:
    agency = build_agency()
    case = walk(agency, "work")
    case.officer = agency.officer
    yield case
    connection.close()


def test_an_act_is_there_or_not_wherever_it_is_killed(case: Case) -> None:
    note = lambda: act(case, "note", case.officer, text="Dicek.")  # noqa: E731
    count, faults = points.killed_everywhere(note, events=1)
    assert faults == []
    assert count > 4
    assert case.events.filter(kind="note").count() == 1


def test_an_act_in_two_halves_is_named(case: Case) -> None:
    def in_two_halves() -> None:
        Case.objects.filter(pk=case.pk).update(event_count=99)
        act(case, "note", case.officer, text="Dicek.")

    count, faults = points.killed_everywhere(in_two_halves, events=1)
    assert count == 2
    assert any("the last events are missing" in fault for fault in faults)
    assert any("0 events of 1" in fault for fault in faults)


def test_what_is_written_after_the_commit_is_named(case: Case, monkeypatch) -> None:
    saved = Case.save
    monkeypatch.setattr(Case, "save", lambda self, **kwargs: None)

    def saves_too_late() -> None:
        saved(act(case, "note", case.officer, text="Dicek.").case)

    _count, faults = points.killed_everywhere(saves_too_late, events=1)
    assert any("the last events are missing" in fault for fault in faults)


def test_the_state_of_the_records_is_what_acts_write(case: Case) -> None:
    before = points.state()
    assert points.state() == before
    file_case()
    assert points.state() != before
    assert Event.objects.count() > 0


def test_an_act_that_fails_by_itself_is_no_drill(case: Case) -> None:
    with pytest.raises(RuntimeError, match="failed by itself"):
        points.killed_everywhere(lambda: 1 / 0, events=1)


def test_every_act_there_is_gets_killed() -> None:
    assert set(plots.killed()) == set(EXITS | VERBS)


def test_every_plot_can_be_told_to_its_end() -> None:
    build("http://127.0.0.1")
    told = []
    for name, job, events in acts():
        written = Event.objects.count()
        job()
        assert Event.objects.count() - written == events, name
        told.append(name)
    assert {"a file", "filing", "filing at the counter", *EXITS, *VERBS} == set(told)


def test_whatever_an_act_could_write_is_looked_at() -> None:
    """Left out is what belongs to Django: sessions, kinds of rights, what was migrated."""
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
    apart = {name for name in there if name.startswith(("django_", "auth_"))}
    assert set(points.tables()) == there - apart
    assert apart == {
        *("auth_group", "auth_group_permissions", "auth_permission"),
        *("django_admin_log", "django_content_type", "django_migrations", "django_session"),
    }


def test_a_file_in_pieces_comes_whole_wherever_its_sender_is_cut_off() -> None:
    count, faults = points.sent_in_pieces()
    assert faults == []
    assert count > 10
    assert not Piece.objects.exists()


def test_a_file_in_pieces_that_comes_twice_is_named(monkeypatch) -> None:
    def in_two_steps(named: pieces.Named, sender: str) -> Sending:
        sending = pieces.find(named)
        whole = b"".join(bytes(each.content) for each in sending.pieces.order_by("offset"))
        # The same name would be known again.
        file = ContentFile(whole, f"{token_hex(4)}.txt")
        sending.attachment = uploads.stage(file, named.upload_token)
        sending.save()
        sending.pieces.all().delete()
        return sending

    monkeypatch.setattr(pieces, "_finish", in_two_steps)
    _count, faults = points.sent_in_pieces()
    assert any("a file in pieces: at point" in fault for fault in faults)
