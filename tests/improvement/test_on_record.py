"""What changes keeps what it said before on record, or is read before it is written over."""

from __future__ import annotations

from datetime import timedelta

import pytest

from improvement import concerns
from improvement.errors import Overtaken
from improvement.models import Action, Concern, Entry, Judged, Plan, Theme
from improvement.plans import doing
from improvement.themes.deciding import decide
from tests.agency import Agency
from tests.improvement.test_doing import START, session, there
from tests.improvement.test_meanwhile import browser, seen_on
from tests.improvement.world import MONDAY, approved, at, weekly, with_action
from tests.rights import improvement as made

pytestmark = pytest.mark.django_db

DUE = START + timedelta(days=14)
FACTS = {
    "title": "Jadwal dikirim sehari sebelumnya",
    "due_on": DUE,
    "milestone": "Pesan pertama terkirim",
    "pilot": "",
    "risk": "Salah kirim",
    "way_back": "Papan pengumuman",
    "course": "Empati",
    "planned": 30,
}


@pytest.fixture
def action(agency: Agency) -> Action:
    """A training for thirty people, of a plan in force."""
    weekly(agency, MONDAY - timedelta(weeks=4), 2, late=2, kept=3)
    with at(MONDAY):
        return with_action(agency, approved(agency), **FACTS)


def history(agency: Agency) -> str:
    page = browser(agency.quality).get(f"/improve/plans/{Plan.objects.get().code}/")
    return page.content.decode().split('id="history-title"')[1]


def change(agency: Agency, action: Action, **more: object) -> None:
    facts = FACTS | {"owner": agency.officer} | more
    doing.change_action(action, agency.quality, facts)


def test_a_changed_action_keeps_every_value_that_it_had(agency: Agency, action: Action) -> None:
    moved = {
        "owner": agency.supervisor,
        "due_on": DUE + timedelta(days=7),
        "milestone": "Seribu pesan terkirim",
        "risk": "",
        "planned": 2,
    }
    with at(START):
        change(agency, action, **moved)
        entry = Entry.objects.get(kind="action_changed")
        assert entry.data["before"] == {
            "owner": agency.officer.display_name,
            "due_on": str(DUE),
            "milestone": "Pesan pertama terkirim",
            "risk": "Salah kirim",
            "planned": 30,
        }
        page = history(agency)
    for words in ("Due: 23 Nov 2026", "Milestone: Pesan", "how many people: 30", "By whom"):
        assert words in page, words


def test_what_changes_nothing_is_no_entry(agency: Agency, action: Action) -> None:
    with at(START):
        change(agency, action)
    assert not Entry.objects.filter(kind="action_changed").exists()


def test_a_corrected_list_keeps_what_it_said_without_the_name(
    agency: Agency, action: Action
) -> None:
    with at(START):
        held = session(agency, action)
        there(agency, held, "Sari", before=50, after=55)
        there(agency, held, "Sari", before=50, after=55)
        assert not Entry.objects.filter(kind="list_corrected").exists()
        there(agency, held, "Sari", before=50, after=95)
        there(agency, held, "Sari", came=False)
        first, second = Entry.objects.filter(kind="list_corrected")
        assert first.data == {"session": held.pk, "before": {"after": 55}}
        assert second.data["before"] == {"came": True, "before": 50, "after": 95}
        assert first.words == "Aula"
        page = history(agency)
    assert "Points after: 55" in page and "Was there: yes" in page and "Sari" not in page


def test_nobody_writes_over_an_answer_that_they_did_not_read(agency: Agency) -> None:
    concerns.raise_concern(agency.water, "Kami takut lembur.")
    row = Concern.objects.get()
    client, address = browser(agency.quality), f"/improve/concerns/{row.pk}/"
    assert 'name="seen"' not in client.get(address).content.decode()
    concerns.answer(row, agency.supervisor, "Tidak ada lembur.")
    late = client.post(address, {"words": "Ada lembur berbayar."})
    assert late.status_code == 409
    assert "Ada lembur berbayar." in late.content.decode()
    assert Concern.objects.get().answer == "Tidak ada lembur."
    again = client.post(address, {"words": "Ada lembur berbayar.", "seen": seen_on(late)})
    assert again.status_code == 302
    assert Concern.objects.get().answer == "Ada lembur berbayar."
    with pytest.raises(Overtaken):
        concerns.answer(row, agency.quality, "Lagi.", "0" * 64)


def test_nobody_decides_over_a_decision_that_they_did_not_read(agency: Agency) -> None:
    made.theme(None)
    row = Theme.objects.get()
    client, address = browser(agency.quality), f"/improve/themes/{row.pk}/"
    decide(row, agency.supervisor, Judged.DISMISSED, "Satu pipa pecah.")
    late = client.post(address, {"state": Judged.ACCEPTED, "why": "Sudah tiga kali."})
    assert late.status_code == 409
    page = late.content.decode()
    assert "Satu pipa pecah." in page and "Sudah tiga kali." in page
    row.refresh_from_db()
    assert row.state == Judged.DISMISSED
    sent = {"state": Judged.ACCEPTED, "why": "Sudah tiga kali.", "seen": seen_on(late)}
    assert client.post(address, sent).status_code == 302
    row.refresh_from_db()
    assert row.state == Judged.ACCEPTED
