"""Steps that many demo cases share, as (hours later, act, who, payload)."""

from typing import Any

Step = tuple[float, str, str, dict[str, Any]]


def accept(category: str, unit: str, hours: float = 3) -> Step:
    return hours, "accept", "intake", {"category": category, "unit": unit}


def assign(officer: str = "officer", hours: float = 4) -> Step:
    return hours, "assigned", "supervisor", {"assignee": officer}


def ask(text: str, who: str = "officer", hours: float = 20) -> Step:
    return hours, "ask", who, {"text": text}


def reply(text: str, hours: float = 26) -> Step:
    return hours, "answered", "citizen", {"text": text}


def respond(text: str, found: dict[str, str], who: str = "officer", hours: float = 24) -> Step:
    return hours, "respond", who, {"text": text, **found}


def found(
    cause: str, remedy: str = "repaired", lesson: str = "", outcome: str = "upheld"
) -> dict[str, str]:
    """What an answer says to staff: root cause, outcome, remedy, lesson."""
    return {"cause": cause, "outcome": outcome, "remedy": remedy, "lesson": lesson}


def approve(hours: float = 3) -> Step:
    return hours, "approve", "supervisor", {}


def note(text: str, who: str = "officer2", hours: float = 5) -> Step:
    return hours, "note", who, {"text": text}


def message(text: str, who: str = "officer", hours: float = 6) -> Step:
    return hours, "message", who, {"text": text}


def promise(text: str, days: int, who: str = "officer", hours: float = 1) -> Step:
    return hours, "promise", who, {"text": text, "until": f"+{days}"}


def more_time(days: int, why: str, who: str, hours: float) -> Step:
    return hours, "ask_extension", who, {"amount": days, "reason": why}


def extend(days: int, reason: str, hours: float = 3) -> Step:
    return hours, "extend", "supervisor", {"amount": days, "reason": reason}


def publish(subject: str, text: str, answer: str, hours: float = 30) -> Step:
    words = {"subject": subject, "text": text, "answer": answer, "redacted": "on"}
    return hours, "publish", "supervisor", words


def citizen(name: str, hours: float = 20, **payload: Any) -> Step:
    return hours, name, "citizen", payload


CONFIRM = citizen("confirm")
CLAIM: Step = (1, "claim", "intake", {})
