"""What people do all day: each story is one complaint on its way, told by one thread."""

from __future__ import annotations

import threading
from datetime import timedelta
from itertools import count

from django.utils import timezone

from drill.ledger import Complaint, Ledger, own_address, unique
from drill.line import Silence
from drill.office import Office
from drill.sending import Sender

#: Who does what, with which payload; "words" become a unique text, a star sends a file along.
Step = tuple[str, str, dict[str, str]]
_WORDS = ("text", "reason")

_ACCEPT: Step = ("intake", "accept", {"category": "plain"})
_UNTIL = f"{timezone.now() + timedelta(days=9):%F}"
PLOTS: tuple[tuple[Step, ...], ...] = (
    (
        ("intake", "claim", {}),
        ("intake", "note*", {"text": "Diteruskan"}),
        _ACCEPT,
        ("supervisor", "assigned", {"assignee": "officer"}),
        ("officer", "ask", {"text": "Sejak kapan?"}),
        ("citizen", "answered*", {"text": "Sejak Senin"}),
        ("officer", "respond", {"text": "Sudah diganti"}),
        ("citizen", "confirm", {}),
        ("citizen", "rate", {"stars": "4", "text": "Terima kasih"}),
    ),
    (
        ("intake", "accept", {"category": "reviewed"}),
        ("officer", "claim", {}),
        ("officer", "message", {"text": "Kami periksa"}),
        ("citizen", "message*", {"text": "Ada fotonya"}),
        ("officer", "respond*", {"text": "Sudah diperbaiki"}),
        ("supervisor", "approve", {}),
        ("citizen", "dispute", {"reason": "Masih bocor"}),
        ("officer2", "claim", {}),
        ("officer2", "note", {"text": "Dicek ulang"}),
    ),
    (
        ("citizen", "message", {"text": "Satu lagi"}),
        ("intake", "ask", {"text": "Di mana?"}),
        ("citizen", "withdraw", {"reason": "Sudah beres"}),
    ),
    (
        _ACCEPT,
        ("officer2", "claim", {}),
        ("officer2", "hold", {"reason": "Menunggu suku cadang", "until": _UNTIL}),
        ("officer2", "note*", {"text": "Dipesan"}),
        ("officer2", "resume", {}),
    ),
    (
        ("intake", "reject", {"reason": "Bukan urusan kami"}),
        ("citizen", "contest", {"reason": "Urusan siapa?"}),
    ),
    (("intake", "merge", {"into": "MEETING"}),),
)

_number = count()


class Teller:
    """Tells stories; `ending` ends each between two of its steps."""

    def __init__(self, office: Office, ledger: Ledger) -> None:
        self.ledger = ledger
        self.sender = Sender(office, ledger)
        self.ending = threading.Event()
        #: A case in triage into which others are merged, and on which everybody writes notes.
        self.meeting = ""

    def tell(self) -> None:
        """One complaint from its filing to where its plot ends."""
        number = next(_number)
        complaint = self.file(number)
        link = self.sender.link_to(complaint)
        for at, (person, name, said) in enumerate(PLOTS[number % len(PLOTS)]):
            if self.ending.is_set():
                return
            self._step(complaint, link, person, name, said, by_page=(number + at) % 2 == 0)

    def file(self, number: int) -> Complaint:
        """A complaint, now by pages, now by a program, with and without a file and a name."""
        said = _complaint(number)
        send = self.sender.file_by_pages if number % 2 else self.sender.file_by_program
        complaint = send(said, file=number % 3 == 0)
        if not complaint.reference:
            raise Silence(f"a complaint was refused: {complaint.words}")
        return complaint

    def pass_by(self) -> None:
        """A note on the case where everybody meets."""
        self.sender.act_by_key("head", self.meeting, "note", text=unique("Lihat juga"))

    def _step(
        self,
        complaint: Complaint,
        link: str,
        person: str,
        name: str,
        said: dict[str, str],
        *,
        by_page: bool,
    ) -> None:
        file, name = name.endswith("*"), name.rstrip("*")
        payload = {key: unique(value) if key in _WORDS else value for key, value in said.items()}
        if payload.get("into"):
            payload["into"] = self.meeting
        if person == "citizen":
            self.sender.act_by_link(link, complaint.reference, name, file=file, **payload)
        elif by_page:
            self.sender.act_at_desk(person, complaint.reference, name, file=file, **payload)
        else:
            self.sender.act_by_key(person, complaint.reference, name, file=file, **payload)


def _complaint(number: int) -> dict[str, str]:
    said = {"text": unique("Air mati sejak Senin di RT 03."), "identity": "none"}
    if number % 4:
        said |= {"identity": "named", "name": "Wulan", "email": own_address()}
    return said
