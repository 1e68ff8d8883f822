"""Every act there is, in plots as short as can be: `drill.acts` does them, `drill.points` kills."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from casework.models import Channel

#: Who does what, with which payload.
Step = tuple[str, str, dict[str, Any]]
#: Who acts beside the staff: the complainant, by a link or a key that was mailed to them too; the
#: sweep, on what is due; the system by itself.
CITIZEN, BY_MAIL, BY_KEY, TIME, ITSELF = "citizen", "by mail", "by key", "time", "itself"
#: In a payload: the token of a file that is staged, the reference of another complaint, that key.
FILE, ANOTHER, KEY = "FILE", "ANOTHER", "KEY"


@dataclass(frozen=True)
class Plot:
    """One complaint: the acts that are killed, and those before them, which other plots kill.

    `said`: what its complainant says beside the usual. `spoken`: by voice alone. `followed`:
    another complaint was merged into it. `late`: it came by a letter that lay about.
    """

    killed: tuple[Step, ...]
    way: tuple[Step, ...] = ()
    said: dict[str, str] = field(default_factory=dict)
    spoken: bool = False
    followed: bool = False
    late: bool = False


_UNTIL = f"{timezone.now() + timedelta(days=9):%F}"
_BY_PHONE = {"channel": Channel.PHONE, "proof": "Penelepon tahu kodenya"}
_ACCEPT: Step = ("intake", "accept", {"category": "plain"})
_ASSIGNED: Step = ("supervisor", "assigned", {"assignee": "officer"})
_RESPOND: Step = ("officer", "respond", {"text": "Pipa diganti"})
_FOUND = {"cause": "broken", "outcome": "upheld", "remedy": "repaired", "lesson": "Diperiksa"}
_ASK: Step = ("intake", "ask", {"text": "Di mana?"})
_ASK_SECRET: Step = ("officer", "ask_secret", {"reason": "Hilang", "recognised": "KTP cocok"})
_APPROVE: Step = ("supervisor", "approve", {})
_EXPLAIN: Step = ("officer", "explain_late", {"code": "parts", "text": "Pompa belum tiba"})

PLOTS: tuple[Plot, ...] = (
    # From the first look to the second answer, which nobody disputes in time.
    Plot(
        killed=(
            ("intake", "claim", {}),
            ("intake", "note", {"text": "Diteruskan", "upload": FILE}),
            ("intake", "accept", {"category": "reviewed"}),
            _ASSIGNED,
            ("officer", "classify", {"kind": "information"}),
            ("officer", "ask_extension", {"amount": "2", "reason": "Suku cadang"}),
            ("supervisor", "extend", {"amount": "2", "reason": "Suku cadang"}),
            ("supervisor", "set_deadline", {"until": f"{_UNTIL}T12:00", "reason": "Sidang"}),
            ("supervisor", "lift_deadline", {"reason": "Sidang batal"}),
            ("supervisor", "retarget", {"reason": "Aturan baru"}),
            ("officer", "promise", {"text": "Pompa baru", "until": _UNTIL}),
            ("officer", "keep", {"text": "Terpasang"}),
            ("officer", "ask", {"text": "Sejak kapan?"}),
            (CITIZEN, "answered", {"text": "Sejak Senin", "upload": FILE}),
            ("officer", "hold", {"reason": "Suku cadang", "until": _UNTIL}),
            ("officer", "resume", {}),
            ("officer", "respond", {"text": "Sudah diganti", "upload": FILE, **_FOUND}),
            _APPROVE,
            (CITIZEN, "dispute", {"reason": "Masih bocor"}),
            ("officer2", "claim", {}),
            ("officer2", "message", {"text": "Kami periksa"}),
        ),
    ),
    Plot(
        way=(_ACCEPT, _ASSIGNED, _RESPOND),
        killed=(
            (TIME, "remind", {}),
            (TIME, "timeout", {}),
            (CITIZEN, "reopen", {"reason": "Bocor lagi"}),
        ),
    ),
    # Nobody knows where it belongs.
    Plot(
        way=(_ASK,),
        killed=(
            ("intake", "recall", {}),
            ("intake", "about", {"people": "clerk7", "reason": "Disebut di telepon"}),
            _ACCEPT,
            ("supervisor", "transfer", {"unit": "root", "reason": "Bukan pipa kami"}),
            ("head", "return", {"reason": "Diperiksa lagi"}),
            ("intake", "reject", {"reason": "Bukan urusan kami"}),
            (CITIZEN, "contest", {"reason": "Urusan siapa?"}),
            ("head", "refer", {"body": "PLN", "reason": "Urusan PLN"}),
        ),
    ),
    # Told by phone, closed, and shown to everybody.
    Plot(
        way=(_ACCEPT, _ASSIGNED),
        killed=(
            ("supervisor", "reassign", {"assignee": "officer2"}),
            ("officer", "heard", {"text": "Airnya keruh", **_BY_PHONE, "proof_upload": FILE}),
            ("officer", "restrict", {"reason": "Saksi takut"}),
            ("supervisor", "lift", {"reason": "Tidak lagi"}),
            ("officer2", "respond", {"text": "Pipa dikuras"}),
            (CITIZEN, "confirm", {}),
            (CITIZEN, "rate", {"stars": "4", "text": "Terima kasih"}),
            (
                "supervisor",
                "publish",
                {"subject": "Air keruh", "text": "Air keruh di RW 02.", "redacted": "on"},
            ),
            ("supervisor", "unpublish", {"reason": "Ada nama jalan"}),
        ),
    ),
    # The secret is lost: asked for on the web, and at the counter.
    Plot(
        killed=(
            (BY_MAIL, "verify", {}),
            (TIME, "secret_link", {}),
            ("intake", "ask_secret", _ASK_SECRET[2]),
            ("head", "refuse_secret", {"reason": "KTP tidak cocok"}),
            (BY_KEY, "new_secret", {"token": KEY}),
        ),
    ),
    Plot(
        way=(_ACCEPT, _ASK_SECRET),
        killed=(("supervisor", "approve_secret", {}), ("officer", "new_secret", {})),
    ),
    # To the second level, and no further.
    Plot(
        way=(
            _ACCEPT,
            _ASSIGNED,
            _RESPOND,
            (CITIZEN, "dispute", {"reason": "Masih bocor", "someone_else": "on"}),
            ("officer2", "claim", {}),
            ("officer2", "respond", {"text": "Sudah rapat"}),
        ),
        killed=((CITIZEN, "disagree", {"reason": "Belum"}),),
    ),
    Plot(killed=((CITIZEN, "withdraw", {"reason": "Sudah beres"}),)),
    # Of whoever cannot write, and of whoever has a telephone alone.
    Plot(
        spoken=True,
        killed=(("intake", "transcribe", {"text": "Lampu jalan mati sejak Senin."}),),
    ),
    Plot(
        said={"email": "", "phone": "0812 3456 7890"},
        way=(_ASK,),
        killed=(("intake", "told", {"channel": Channel.PHONE}),),
    ),
    # About somebody who comes to the staff only afterwards.
    Plot(
        said={"about": "Sastrodiharjo"},
        killed=((ITSELF, "recognise", {}),),
    ),
    Plot(killed=(("intake", "merge", {"into": ANOTHER}), (CITIZEN, "unmerge", {}))),
    # One that came late: it wakes the sweep, so no plot with time in it comes after.
    Plot(
        late=True,
        way=(_ACCEPT, _ASSIGNED),
        killed=(
            _EXPLAIN,
            ("supervisor", "return_late", {"text": "Sejak kapan?"}),
            _EXPLAIN,
            ("supervisor", "accept_late", {}),
        ),
    ),
    # One that was merged before goes on with the case that it was merged into.
    Plot(followed=True, killed=(("intake", "merge", {"into": ANOTHER}),)),
)


#: With each of these a date moves that was promised: that is told, too.
MOVES_A_DATE = ("extend", "set_deadline", "lift_deadline")


def killed() -> Iterator[str]:
    """The names of the acts that are killed."""
    yield from (name for plot in PLOTS for _person, name, _payload in plot.killed)
