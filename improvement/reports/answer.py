"""The answer of a report, which stands first: what came of it, plan by plan."""

from __future__ import annotations

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from improvement.models import ReportVersion, Stage
from improvement.reports.words import Said, before_and_after, came_of, language_now
from improvement.shown import verdict as verdicts
from improvement.statistics.verdict import Word


def answer(version: ReportVersion, facts: Said) -> list[str]:
    """What came of it, in as many sentences as there are plans; then the writer's own words."""
    plans = facts["plans"]
    if not plans:
        said = [_("No plan ran in this period: nothing was changed by one.")]
    else:
        said = [_summed_up(plans), *(_in_a_sentence(plan) for plan in plans)]
    return [*said, version.summary] if version.summary else said


def _summed_up(plans: list[Said]) -> str:
    """How many were judged and how; what was stopped is counted apart, and never judged."""
    stopped = sum(plan["stage"] == Stage.STOPPED for plan in plans)
    if stopped == len(plans):
        return ngettext(
            "%(n)d plan ran and was stopped: there is no verdict.",
            "%(n)d plans ran and were stopped: there is no verdict.",
            stopped,
        ) % {"n": stopped}
    said = _judged(plans)
    if not stopped:
        return said
    apart = ngettext(
        "%(n)d was stopped, and is not judged.", "%(n)d were stopped, and are not judged.", stopped
    )
    return f"{said} {apart % {'n': stopped}}"


def _judged(plans: list[Said]) -> str:
    judged = Counter(plan["word"] for plan in plans if plan["is_settled"])
    if not judged:
        return ngettext(
            "%(n)d plan ran; none is judged yet.",
            "%(n)d plans ran; none is judged yet.",
            len(plans),
        ) % {"n": len(plans)}
    parts = ", ".join(
        f"{n} {str(verdicts.WORDS[Word(word)]).lower()}" for word, n in judged.most_common()
    )
    return ngettext(
        "%(n)d plan ran; judged: %(parts)s.", "%(n)d plans ran; judged: %(parts)s.", len(plans)
    ) % {"n": len(plans), "parts": parts}


def _in_a_sentence(plan: Said) -> str:
    before, after = before_and_after(plan)
    words = {
        "title": plan["title"],
        "label": plan["label"][language_now()],
        "before": before,
        "after": after,
        "verdict": came_of(plan),
    }
    return _("%(title)s. %(label)s: before %(before)s, after %(after)s. %(verdict)s.") % words
