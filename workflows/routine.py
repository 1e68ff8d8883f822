"""What time does here, in the order in which it does it."""

from __future__ import annotations

from datetime import timedelta

from casework import links, pieces, strays, uploads
from workflows import lost, receipts, sweep
from workflows.clocks import passes, sweeping
from workflows.jobs import EACH_SWEEP, register

#: So long one sweep works on a pass; it goes on at the next one.
A_PASS = timedelta(seconds=20)


def register_all() -> None:
    """What people wait for comes first, then what was asked for, then what is thrown away."""
    register("clocks", sweeping.sweep, every=EACH_SWEEP)
    register("timeouts", sweep.take_timeouts, every=EACH_SWEEP)
    register("reminders", sweep.send_reminders, every=EACH_SWEEP)
    register("lost secrets", lambda turn: lost.answer_all(), every=EACH_SWEEP)
    register("passes", passes.run, every=EACH_SWEEP, budget=A_PASS)
    register("receipts", lambda turn: receipts.forget_old_secrets(), every=EACH_SWEEP)
    register("links", lambda turn: links.forget_ended(), every=EACH_SWEEP)
    register("staged files", lambda turn: uploads.sweep_staged(turn.now), every=EACH_SWEEP)
    register("strays", lambda turn: strays.sweep(turn.now), every=EACH_SWEEP)
    register("pieces", lambda turn: pieces.sweep(), every=EACH_SWEEP)
