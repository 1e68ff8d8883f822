"""What did not come about, as plainly as the rest."""

from __future__ import annotations

from django.utils.translation import gettext as _

from improvement.models import Decision, Stage
from improvement.reports.document import Paragraph, Section
from improvement.reports.words import Said, day, verdict_of
from improvement.statistics.verdict import Word


def failed(facts: Said) -> Section:
    """What did not come about, as plainly as the rest."""
    found = [each for plan in facts["plans"] for each in _failures(plan, facts["last"])]
    blocks = [Paragraph(sentence) for sentence in found]
    return Section(_("What failed"), blocks or [Paragraph(_("Nothing that is on record."))])


def _failures(plan: Said, last: str) -> list[str]:
    code, found = plan["code"], []
    if plan["stage"] == Stage.STOPPED:
        found.append(_stopped(code, plan.get("stopped_on", ""), last))
        why = [r["correction"] for r in plan["reviews"] if r["decision"] == Decision.STOP]
        found += [f"{code}: {words}" for words in why if words]
    if plan["is_settled"] and plan["word"] != Word.IMPROVED:
        words = {"code": code, "verdict": verdict_of(plan).in_a_sentence}
        found.append(_("%(code)s did not show what it was meant to: %(verdict)s.") % words)
    found += [_late(code, action) for action in plan["actions"] if action["is_late"]]
    for review in plan["reviews"]:
        if review["occasions"] and review["as_planned"] < review["occasions"]:
            facts = {**review, "code": code, "day": day(review["held_on"])}
            found.append(
                _("%(code)s, review of %(day)s: %(as_planned)s of %(occasions)s as planned.")
                % facts
            )
    return found


def _stopped(code: str, on: str, last: str) -> str:
    """With its day, where that is after the last one of the report (both ISO)."""
    if on > last:
        words = {"code": code, "day": day(on)}
        return _("%(code)s was stopped on %(day)s, after these days.") % words
    return _("%(code)s was stopped.") % {"code": code}


def _late(code: str, action: Said) -> str:
    words = {
        "code": code,
        "title": action["title"],
        "due": day(action["due_on"]),
        "done": day(action["done_on"]),
    }
    if action["done_on"]:
        return _("%(code)s: “%(title)s” was due on %(due)s and done on %(done)s.") % words
    return _("%(code)s: “%(title)s” was due on %(due)s and is not done.") % words
