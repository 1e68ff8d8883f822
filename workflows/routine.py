"""What time does here, in the order in which it does it."""

from __future__ import annotations

from casework import links, pieces, strays, uploads
from workflows import lost, receipts, sweep
from workflows.jobs import EACH_SWEEP, register


def register_all() -> None:
    """What people wait for comes first, then what was asked for, then what is thrown away."""
    # Here `clocks`, before everything that asks whether something is late.
    register("timeouts", sweep.take_timeouts, every=EACH_SWEEP)
    register("reminders", sweep.send_reminders, every=EACH_SWEEP)
    register("lost secrets", lambda turn: lost.answer_all(), every=EACH_SWEEP)
    # Here `passes`, with a budget: they go on at the next sweep.
    register("receipts", lambda turn: receipts.forget_old_secrets(), every=EACH_SWEEP)
    register("links", lambda turn: links.forget_ended(), every=EACH_SWEEP)
    register("staged files", lambda turn: uploads.sweep_staged(turn.now), every=EACH_SWEEP)
    register("strays", lambda turn: strays.sweep(turn.now), every=EACH_SWEEP)
    register("pieces", lambda turn: pieces.sweep(), every=EACH_SWEEP)
