"""Cases that happened elsewhere, and the moment at which they enter."""

from casework.models import Case
from casework.stages import Stage
from tests.agency import Agency
from tests.clockwork import at, on, target
from workflows.historic import HistoricCase, enter

FULL = {
    "acknowledgement": target(3),
    "first_response": target(5),
    "next_update": target(10, starts_on="replied"),
    "resolution": target(14),
    "unit_work": target(8),
}
#: A Monday.
ENTRY = "2026-11-02 09:00"


def row(agency: Agency, received: str, closed: str = "", **said) -> HistoricCase:
    """A case of Jakarta's wall clock: in triage, or closed."""
    stage = said.pop("stage", Stage.CLOSED if closed else Stage.TRIAGE)
    return HistoricCase(
        text="Lampu jalan padam.",
        unit=said.pop("unit", agency.water),
        received_at=at(received),
        closed_at=at(closed) if closed else None,
        stage=stage,
        **said,
    )


def entered(*rows: HistoricCase) -> Case:
    """The last of the rows, entered."""
    with on(ENTRY):
        enter(rows)
    return Case.objects.latest("pk")
