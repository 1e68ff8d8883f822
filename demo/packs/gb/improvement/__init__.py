"""What Ashcombe's cases taught, and what came of it."""

from demo.improving.terms import Alike, Decided, Improvement
from demo.packs.gb.improvement.others import CHANNELLED, COMING, LACKING, RUNNING, STOPPED
from demo.packs.gb.improvement.repairs import REPAIRS
from demo.packs.gb.improvement.report import CONCERNS, NEXT_STEPS, SUMMARY
from improvement.models import Judged

IMPROVEMENT = Improvement(
    plans=(REPAIRS, CHANNELLED, STOPPED, RUNNING, COMING, LACKING),
    decided=(
        Decided("noticed", "repairs", Judged.ACCEPTED),
        Decided(
            *("storm", "lighting", Judged.DISMISSED),
            "High winds brought down columns in three wards in the same week. All of them are up "
            "again; there is no lasting problem.",
        ),
        Decided(
            *("watched", "social-care", Judged.WATCHED),
            "The provider expects six new carers this month. We wait to see whether numbers fall.",
        ),
    ),
    alike=Alike(
        "waste",
        (
            "The bin lorry leaks foul liquid all along Station Road every Tuesday. The smell "
            "reaches the nursery.",
            "Foul liquid leaks from the bin lorry all along Station Road every Tuesday, and the "
            "smell reaches the nursery.",
            "Again the bin lorry leaked foul liquid all along Station Road. The road is slippery.",
            "Please act: the bin lorry leaks foul liquid all along Station Road every Tuesday "
            "morning.",
        ),
    ),
    concerns=CONCERNS,
    summary=SUMMARY,
    next_steps=NEXT_STEPS,
    monthly="adult-care",
)
