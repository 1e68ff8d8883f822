"""From the frozen facts of a report to its words: the answer first, what failed as plainly."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from improvement.models import UNDER_WAY, Judged, ReportVersion
from improvement.reports.answer import answer
from improvement.reports.document import Document, Facts, Heading, Paragraph, Section, Table
from improvement.reports.failures import failed
from improvement.reports.kept import level_of
from improvement.reports.words import (
    Said,
    before_and_after,
    came_of,
    day,
    language_now,
    verdict_of,
)
from improvement.shown.levels import NONE, counts, in_words, value_in_words


def document(version: ReportVersion) -> Document:
    """The whole report in the language that is in force."""
    facts, report = version.facts, version.report
    first, last = day(facts["first"]), day(facts["last"])
    return Document(
        title=_("Organisational change: %(unit)s") % {"unit": facts["unit"]},
        subtitle=_("%(first)s to %(last)s") % {"first": first, "last": last},
        language=language_now(),
        answer=answer(version, facts),
        sections=[
            _changed(facts),
            _effects(facts),
            _affected(facts),
            _concerns(facts),
            _training(facts),
            failed(facts),
            _next(version, facts),
            _counted(),
        ],
        notes=_notes(version, report.signed_id == version.pk),
    )


def _changed(facts: Said) -> Section:
    blocks: list[Any] = []
    for plan in facts["plans"]:
        days = {"first": day(plan["starts_on"]), "last": day(plan["due_on"])}
        rows = [
            (_("Unit"), plan["unit"]),
            (_("The problem"), plan["problem"]),
            (_("What is changed"), plan["change"]),
            (_("Why"), plan["relevance"]),
            (_("From the theme"), plan["theme"][language_now()]),
            (_("Evidence"), plan["evidence"]),
            (_("Owner"), plan["owner"]),
            (_("Days"), _("%(first)s to %(last)s") % days),
        ]
        blocks += [Heading(f"{plan['code']} {plan['title']}"), Facts.of(rows)]
    if facts["themes"]:
        blocks += [Heading(_("What was noticed")), _themes(facts["themes"])]
    return Section(_("What changed and why"), blocks or [Paragraph(_("Nothing."))])


def _themes(themes: list[Said]) -> Table:
    rows = [
        [
            theme["name"][language_now()],
            theme["unit"],
            str(theme["events"]),
            NONE if theme["expected"] is None else number_format(theme["expected"], 1),
            str(Judged(theme["state"]).label),
            theme["why"] or NONE,
        ]
        for theme in themes
    ]
    columns = [_("Theme"), _("Unit"), _("Cases"), _("Usual"), _("Decided"), _("Why")]
    return Table(_("Themes"), columns, rows, numbers=(2, 3))


def _effects(facts: Said) -> Section:
    rows = [_effect(plan) for plan in facts["plans"]]
    columns = [
        *(_("Plan"), _("Indicator"), _("Baseline"), _("In this period"), _("Target")),
        *(_("Before the start"), _("After"), _("Verdict")),
    ]
    blocks: list[Any] = [Table(_("Indicators"), columns, rows)] if rows else []
    for plan in (each for each in facts["plans"] if each["is_settled"]):
        blocks += [Paragraph(f"{plan['code']}: {each}") for each in verdict_of(plan).doubts]
    return Section(_("Effect on indicators"), [*blocks, _units(facts["units"])])


def _effect(plan: Said) -> list[str]:
    baseline, now = level_of(plan["baseline"]), level_of(plan["in_period"])
    return [
        plan["code"],
        plan["label"][language_now()],
        f"{in_words(baseline)} ({counts(baseline)})",
        f"{in_words(now)} ({counts(now)})",
        value_in_words(plan["target"], is_share=plan["is_share"]),
        *before_and_after(plan),
        came_of(plan),
    ]


def _units(units: list[Said]) -> Table:
    names = ("on_time_before", "on_time", "received_before", "received")
    rows = []
    for unit in units:
        levels = [level_of(unit[name]) for name in names]
        cells = [f"{in_words(each)} ({counts(each)})" for each in levels[:2]]
        cells += [number_format(each.number, force_grouping=True) for each in levels[2:]]
        rows.append([unit["unit"], *map(str, cells)])
    columns = [
        _("Unit"),
        _("Answers on time, the period before"),
        _("Answers on time"),
        _("Complaints received, the period before"),
        _("Complaints received"),
    ]
    return Table(_("Units"), columns, rows, numbers=(3, 4))


def _affected(facts: Said) -> Section:
    rows = [[plan["code"], plan["affected"]] for plan in facts["plans"] if plan["affected"]]
    table = Table(_("Affected"), [_("Plan"), _("Who is affected")], rows)
    return Section(_("Who is affected"), [table] if rows else [Paragraph(_("Nobody was named."))])


def _concerns(facts: Said) -> Section:
    """Raised or answered in these days; an answer of later is there with its day."""
    raised, answered = (
        sum(facts["first"] <= each[moment] <= facts["last"] for each in facts["concerns"])
        for moment in ("raised_on", "answered_on")
    )
    words = ngettext(
        "%(n)d concern was raised, %(answered)d answered.",
        "%(n)d concerns were raised, %(answered)d answered.",
        raised,
    ) % {"n": raised, "answered": answered}
    rows = [
        [
            day(each["raised_on"]),
            each["unit"],
            each["text"],
            each["answer"] or _("not answered yet"),
            day(each["answered_on"]) or NONE,
        ]
        for each in facts["concerns"]
    ]
    columns = [_("Raised on"), _("Unit"), _("Concern"), _("Answer"), _("Answered on")]
    table = Table(_("Concerns"), columns, rows)
    return Section(
        _("Concerns raised and answered"), [Paragraph(words), *([table] if rows else [])]
    )


def _training(facts: Said) -> Section:
    rows = [_course(plan["code"], each) for plan in facts["plans"] for each in plan["trainings"]]
    columns = [
        *(_("Plan"), _("Training"), _("Sessions"), _("People"), _("Training hours")),
        *(_("Person-hours"), _("Points before"), _("Points after")),
    ]
    table = Table(_("Training"), columns, rows, numbers=(2, 3, 4, 5, 6, 7))
    none = Paragraph(_("No training was held."))
    return Section(_("Whom training reached"), [table] if rows else [none])


def _course(code: str, said: Said) -> list[str]:
    tested = f" (n = {said['tested']})" if said["tested"] else ""
    people = _("%(n)s of %(among)s") % {"n": said["people"], "among": said["planned"]}
    points = [
        NONE if said[name] is None else f"{number_format(said[name], 1)}{tested}"
        for name in ("before", "after")
    ]
    return [code, said["course"], str(said["sessions"]), people, *_hours(said), *points]


def _hours(said: Said) -> list[str]:
    """Of the sessions, and of the people; facts of before called these the hours of training."""
    hours, of_people = said["hours"], said.get("person_hours")
    found = (None, hours) if of_people is None else (hours, of_people)
    return [NONE if each is None else str(number_format(each, 1)) for each in found]


def _next(version: ReportVersion, facts: Said) -> Section:
    blocks: list[Any] = []
    if version.next_steps:
        blocks.append(Paragraph(version.next_steps, words_of_people=True))
    running = [plan for plan in facts["plans"] if plan["stage"] in UNDER_WAY]
    rows = [
        [plan["code"], plan["title"], plan["owner"], day(plan["starts_on"]), day(plan["due_on"])]
        for plan in (*running, *facts.get("coming", []))
    ]
    if rows:
        columns = [_("Plan"), _("Title"), _("Owner"), _("Start"), _("Due")]
        blocks.append(Table(_("Next"), columns, rows))
    return Section(_("What is next"), blocks or [Paragraph(_("Nothing is planned yet."))])


def _counted() -> Section:
    on_time = _(
        "On time: clocks that were met by their due date, out of all whose due date "
        "fell in the days, open cases too; past its date is missed, whether somebody "
        "noticed or not. Restricted cases and those about staff are not counted."
    )
    verdict = _(
        "A verdict follows the rule that was declared before the start; weeks in which "
        "a unit was chosen for being bad are not in its “before”. No change is given "
        "without its interval and its numbers."
    )
    unjudged = _(
        "A plan that is not judged has its numbers before and after the start, up to the last of "
        "the days or until it was stopped. Whether it changed anything they do not say: that is "
        "for the verdict, which falls when the plan is over."
    )
    hours = _(
        "Training hours: those of the sessions that were held in the days, however many came. "
        "Person-hours: the hours of each session times the people who came."
    )
    said = (on_time, verdict, unjudged, hours)
    return Section(_("How this was counted"), [Paragraph(words) for words in said])


def _notes(version: ReportVersion, is_signed: bool) -> list[str]:
    at = date_format(timezone.localdate(version.at), "j F Y")
    found = [_("Version %(n)s of %(date)s.") % {"n": version.number, "date": at}]
    if is_signed and version.report.signed_by and version.report.signed_at:
        signed = date_format(timezone.localdate(version.report.signed_at), "j F Y")
        words = {"who": version.report.signed_by.display_name, "date": signed}
        found.append(_("Signed off by %(who)s on %(date)s.") % words)
    else:
        found.append(_("Draft: not signed off."))
    return found
