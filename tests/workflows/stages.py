"""Cases of every stage, the cast that acts on them, and payloads that suit any act."""

from datetime import date, timedelta
from typing import Any

from casework.actors import SYSTEM, Actor
from casework.models import Case, Event
from tests.agency import Agency, citizen, file_case, walk


def at_stage(agency: Agency, stage: str) -> Case:
    """A case of the small agency at the stage."""
    return walk(agency, stage, category="bills" if stage == "review" else "water")


def player(agency: Agency, who: str, case: Case) -> Actor:
    """Somebody of the cast."""
    if who == "citizen":
        return citizen(case)
    if who == "stranger":
        return citizen(file_case())
    return SYSTEM if who == "time" else getattr(agency, who)


def anything(into: Case) -> dict[str, Any]:
    """A payload with every field that any act asks for: a refusal is never for its sake."""
    return {
        "text": "Sudah kami periksa.",
        "reason": "Belum beres.",
        "category": "water",
        "unit": "roads",
        "assignee": "officer2",
        "until": (date.today() + timedelta(days=10)).isoformat(),
        "body": "PLN",
        "into": into.reference,
        "stars": 4,
        "channel": "phone",
        "proof": "Tahu kode rahasia.",
        "priority": "urgent",
        "amount": 1,
        "code": "workload",
        "recognised": "KTP dan nomor telepon.",
        "outcome": "upheld",
        "remedy": "repaired",
        "lesson": "Pompa diperiksa tiap bulan.",
    }


def trace(case: Case) -> tuple[dict[str, Any], int]:
    """Everything that an act could have changed."""
    return (
        Case.objects.filter(pk=case.pk).values().get(),
        Event.objects.count(),
    )
