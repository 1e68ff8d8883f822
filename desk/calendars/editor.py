"""What administrators say of a calendar: hours of the week, seasons, days, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from accounts.plain_text import check_one_line
from desk.calendars.hours import Hours
from desk.policies.forms import Day
from workflows.calendars import Calendar, Season, Week
from workflows.weeks import day_from, listed, week_from

BLANK_DAYS, BLANK_SEASONS = 3, 1
MOST_ROWS = 400


class Wrong(NamedTuple):
    """One line of the summary of errors: the id of the field, its label, the sentence."""

    field: str
    label: Any
    sentence: str


class Basics(forms.Form):
    """Why the calendar is changed, and whether the week is to be that from above again."""

    as_above = forms.BooleanField(label=_("Again as the calendar above says"), required=False)
    note = forms.CharField(
        label=_("Why it is changed"),
        max_length=200,
        validators=[check_one_line],
        help_text=_("It stands in the history of the calendar."),
    )


class WeekForm(forms.Form):
    """The hours of each weekday, Monday first."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, name in WEEKDAYS.items():
            self.fields[str(number)] = Hours(name)

    def week(self) -> list[list[list[int]]]:
        """The week as JSON."""
        return listed(tuple(self.cleaned_data[str(number)] for number in WEEKDAYS))


class SeasonForm(WeekForm):
    """Other hours for a time, as in Ramadan. Without a name and dates it is none."""

    name = forms.CharField(
        label=_("Name"), max_length=100, validators=[check_one_line], required=False
    )
    first = Day(_("First day"), required=False)
    last = Day(_("Last day"), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if any(said.get(name) for name in ("name", "first", "last")):
            for name in ("name", "first", "last"):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, _("A season has a name, a first and a last day."))
        return said

    def content(self) -> dict[str, Any] | None:
        said = self.cleaned_data
        if not said.get("first") or said.get("DELETE"):
            return None
        first, last = said["first"].isoformat(), said["last"].isoformat()
        return {"name": said["name"], "first": first, "last": last, "weekly": self.week()}


class DayForm(forms.Form):
    """The hours of one day: closed, half a day, or open beyond the usual. Without a date: none.

    `usual`: what is said of it above does not count, and it is open as on other days.
    """

    day = Day(_("Day"), required=False)
    name = forms.CharField(
        label=_("Reason"), max_length=100, validators=[check_one_line], required=False
    )
    hours = Hours(_("Opening hours"))
    usual = forms.BooleanField(label=_("As on other days"), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        unnamed = not said.get("name") and not said.get("usual")
        if said.get("day") and unnamed and "name" not in self.errors:
            self.add_error("name", _("Say why: a holiday, joint leave, half a day."))
        dateless = not said.get("day") and "day" not in self.errors
        if dateless and any(said.get(name) for name in ("name", "hours", "usual")):
            self.add_error("day", _("Say which day."))
        return said


class OncePerDay(forms.BaseFormSet):
    """Days of which each is named once."""

    def clean(self) -> None:
        seen: set[date] = set()
        for form in self.forms:
            said = getattr(form, "cleaned_data", {})
            day = None if said.get("DELETE") else said.get("day")
            if day in seen:
                form.add_error("day", _("This day stands here twice."))
            elif day:
                seen.add(day)


_rows: dict[str, Any] = {
    "can_delete": True,
    "can_delete_extra": False,
    "max_num": MOST_ROWS,
    "absolute_max": MOST_ROWS,
}
SeasonRows: Any = forms.formset_factory(SeasonForm, extra=BLANK_SEASONS, **_rows)
DayRows: Any = forms.formset_factory(DayForm, OncePerDay, extra=BLANK_DAYS, **_rows)


class Editor:
    """The forms of one calendar together.

    `own`: what the calendar says itself; `above`: what it would be without that. `settled`: days
    that are closed because they were confirmed, as JSON; they, and days before `since`, are not on
    offer and stay. `expected`: a season to begin with.
    """

    def __init__(
        self,
        own: Mapping[str, Any],
        above: Calendar,
        since: date,
        settled: Mapping[str, Any],
        data: Any = None,
        expected: Season | None = None,
    ) -> None:
        days = own.get("days", {})
        later = {day: said for day, said in days.items() if day >= since.isoformat()}
        offered = {d: s for d, s in later.items() if d not in settled or s != settled[d]}
        self.above, self.kept = above, {"zone": own["zone"]} if "zone" in own else {}
        self.past = {day: said for day, said in days.items() if day < since.isoformat()}
        self.settled = dict(settled)
        week = week_from(own["weekly"]) if "weekly" in own else above.weekly
        seasons = [Season.from_content(said) for said in own.get("seasons", ())]
        seasons += [expected] if expected else []
        self.basics = Basics(data)
        self.week = WeekForm(data, prefix="week", initial=_hours(week))
        self.seasons = SeasonRows(data, prefix="season", initial=[*map(_season, seasons)])
        self.days = DayRows(data, prefix="day", initial=[*_days(offered)])
        if "weekly" not in own:
            del self.basics.fields["as_above"]

    def is_valid(self) -> bool:
        """Every form is asked, so that everything that is wrong is said at once."""
        return all([part.is_valid() for part in self._parts()])  # noqa: C419

    def own(self) -> dict[str, Any]:
        """What the calendar says itself now, as JSON."""
        own: dict[str, Any] = dict(self.kept)
        week = self.week.week()
        if week != listed(self.above.weekly) and not self.basics.cleaned_data.get("as_above"):
            own["weekly"] = week
        seasons = [content for form in self.seasons if (content := form.content())]
        if seasons:
            own["seasons"] = seasons
        days = self.settled | self.past | dict(self._days_said())
        return own | ({"days": days} if days else {})

    def wrong(self) -> Iterator[Wrong]:
        """A line for each thing that is wrong, as they stand on the page, with its field."""
        for form in (self.week, *self.seasons, *self.days, self.basics):
            for name, sentences in form.errors.items():
                field = form[name] if name in form.fields else None
                for sentence in sentences:
                    yield Wrong(field.auto_id if field else "", field and field.label, sentence)
        for rows in (self.seasons, self.days):
            for sentence in rows.non_form_errors():
                yield Wrong("", "", sentence)

    def _parts(self) -> tuple[Any, ...]:
        return self.basics, self.week, self.seasons, self.days

    def _days_said(self) -> Iterator[tuple[str, dict[str, Any] | None]]:
        for form in self.days:
            said = form.cleaned_data
            if not said.get("day") or said.get("DELETE"):
                continue
            hours = [list(interval) for interval in said["hours"]]
            content = None if said["usual"] else {"name": said["name"], "hours": hours}
            yield said["day"].isoformat(), content


def _hours(week: Week) -> dict[str, Any]:
    return {str(number): hours for number, hours in enumerate(week)}


def _season(season: Season) -> dict[str, Any]:
    dates = {"name": season.name, "first": season.first, "last": season.last}
    return dates | _hours(season.weekly)


def _days(offered: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for day, said in sorted(offered.items()):
        row = {"day": date.fromisoformat(day), "usual": said is None}
        hours = day_from(said["hours"]) if said else ()
        yield row | {"name": said["name"] if said else "", "hours": hours}
