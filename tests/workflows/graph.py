"""Every row of the graph, written by hand from its design: the exits, and what is seen of them.

The case was filed by a citizen with an address, and works in the water unit from `assign` on.
"""

from typing import Any

from casework.models import Case
from tests.agency import IN_TEN_DAYS, file_case

NOTHING: dict[str, Any] = {}
SAY = {"text": "Kabar"}
WHY = {"reason": "Karena begitu"}
TO_ROADS = {"unit": "roads"}
REFER = {"body": "PLN", "reason": "Urusan PLN"}
AGAIN = {"reason": "Belum beres", "someone_else": False}
HOLD = {"reason": "Menunggu PLN", "until": IN_TEN_DAYS}
ACCEPT = {"category": "water", "unit": "water"}
OFFICER = {"assignee": "officer"}
INTO = {"into": "another"}

NEED = "we_need_something_from_you"
WORKED_ON = "being_worked_on"

#: stage, exit, who, payload → stage, and of it the citizen reads: how much, and which status
GRAPH = [
    ("triage", "accept", "intake", ACCEPT, "assign", "step", "being_checked"),
    ("triage", "ask", "intake", SAY, "wait_triage", "public", NEED),
    ("triage", "reject", "intake", WHY, "rejected", "public", "closed"),
    ("triage", "refer", "intake", REFER, "referred", "public", "closed"),
    ("triage", "merge", "intake", INTO, "merged", "step", "closed"),
    ("triage", "withdraw", "citizen", NOTHING, "withdrawn", "public", "closed"),
    ("assign", "assigned", "supervisor", OFFICER, "work", "step", WORKED_ON),
    ("assign", "claim", "officer", NOTHING, "work", "step", WORKED_ON),
    ("assign", "transfer", "supervisor", TO_ROADS, "assign", "step", "being_checked"),
    ("assign", "return", "supervisor", WHY, "triage", "internal", "being_checked"),
    ("assign", "refer", "supervisor", REFER, "referred", "public", "closed"),
    ("assign", "merge", "head", INTO, "merged", "step", "closed"),
    ("assign", "withdraw", "citizen", NOTHING, "withdrawn", "public", "closed"),
    ("work", "respond", "officer", SAY, "confirm", "public", "answer_sent"),
    ("work", "ask", "officer", SAY, "wait_work", "public", NEED),
    ("work", "hold", "officer", HOLD, "on_hold", "public", WORKED_ON),
    ("work", "transfer", "officer", TO_ROADS, "assign", "step", "being_checked"),
    ("work", "return", "officer", WHY, "triage", "internal", "being_checked"),
    ("work", "refer", "officer", REFER, "referred", "public", "closed"),
    ("work", "merge", "head", INTO, "merged", "step", "closed"),
    ("work", "withdraw", "citizen", NOTHING, "withdrawn", "public", "closed"),
    ("review", "approve", "supervisor", NOTHING, "confirm", "public", "answer_sent"),
    ("review", "return", "supervisor", WHY, "work", "internal", WORKED_ON),
    ("review", "recall", "officer", NOTHING, "work", "internal", WORKED_ON),
    ("review", "withdraw", "citizen", NOTHING, "withdrawn", "public", "closed"),
    ("wait_triage", "answered", "citizen", SAY, "triage", "public", "being_checked"),
    ("wait_triage", "recall", "intake", NOTHING, "triage", "step", "being_checked"),
    ("wait_triage", "timeout", "time", NOTHING, "lapsed", "step", "closed"),
    ("wait_triage", "withdraw", "citizen", NOTHING, "withdrawn", "public", "closed"),
    ("wait_work", "answered", "citizen", SAY, "work", "public", WORKED_ON),
    ("wait_work", "recall", "officer", NOTHING, "work", "step", WORKED_ON),
    ("wait_work", "timeout", "time", NOTHING, "lapsed", "step", "closed"),
    ("wait_work", "withdraw", "citizen", NOTHING, "withdrawn", "public", "closed"),
    ("on_hold", "resume", "officer", NOTHING, "work", "step", WORKED_ON),
    ("on_hold", "timeout", "time", NOTHING, "work", "step", WORKED_ON),
    ("on_hold", "withdraw", "citizen", NOTHING, "withdrawn", "public", "closed"),
    ("confirm", "confirm", "citizen", NOTHING, "closed", "public", "closed"),
    ("confirm", "dispute", "citizen", AGAIN, "assign", "public", "under_review"),
    ("confirm", "recall", "officer", NOTHING, "work", "step", WORKED_ON),
    ("confirm", "timeout", "time", NOTHING, "auto_closed", "step", "closed"),
    ("confirm", "withdraw", "citizen", NOTHING, "withdrawn", "public", "closed"),
    ("closed", "reopen", "citizen", AGAIN, "assign", "public", "under_review"),
    ("auto_closed", "reopen", "citizen", AGAIN, "assign", "public", "under_review"),
    ("withdrawn", "reopen", "citizen", AGAIN, "triage", "public", "under_review"),
    ("rejected", "contest", "citizen", AGAIN, "triage", "public", "under_review"),
    ("referred", "contest", "citizen", AGAIN, "triage", "public", "under_review"),
    ("lapsed", "answered", "citizen", SAY, "triage", "public", "being_checked"),
    ("merged", "unmerge", "citizen", NOTHING, "triage", "step", "being_checked"),
]


def filled(payload: dict[str, Any]) -> dict[str, Any]:
    """The payload with a live case where it asks for another one."""
    return payload | {"into": _another().reference} if "into" in payload else payload


def _another() -> Case:
    return file_case()
