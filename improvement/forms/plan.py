"""The five letters of a plan, as its writer fills them in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import languages
from accounts.models import Unit
from casework.models import Category, Cause
from improvement.forms.base import Checked, Coded, Day, Line, Member, Text, people_of, whole
from improvement.indicators import label_of
from improvement.models import Currency, Element, Indicator, Version
from workflows.forms.base import choose_from
from workflows.models import LateReason, Metric

#: How often a plan is looked at, in weeks.
REVIEWS = (
    ("", _("not chosen")),
    (2, _("every two weeks")),
    (4, _("every four weeks")),
    (8, _("every eight weeks")),
    (13, _("every quarter")),
)
#: How sure a verdict is: the confidence level of its interval.
LEVELS = (("0.950", "95 %"), ("0.990", "99 %"))


def aims() -> list[tuple[Any, list[tuple[str, Any]]]]:
    """The indicators as they can be chosen: `indicator:part`."""
    timed = [Metric.RESOLUTION, *(each for each in Metric if each != Metric.RESOLUTION)]
    reasons = [*LateReason, ""]
    return [
        (_("Share on time"), _choices(Indicator.ON_TIME, timed)),
        (
            _("Share of the missed due dates with the reason"),
            _choices(Indicator.MISSED_BECAUSE, reasons),
        ),
        (
            _("Number"),
            [(f"{Indicator.RECEIVED}:", _("Complaints received"))],
        ),
    ]


def _choices(indicator: str, parts: Sequence[str]) -> list[tuple[str, str]]:
    """Each in all its words: the heading of its group is out of sight once it is chosen."""
    return [(f"{indicator}:{part}", label_of(indicator, part)) for part in parts]


def own_currency() -> str:
    """What the agency counts in: pounds where it speaks English."""
    return Currency.IDR if languages.own() == "id" else Currency.GBP


#: What each letter stands for, and asks.
ABOUT = {
    "S": (_("Specific"), _("What is wrong, what is changed, where, and who sees to it.")),
    "M": (
        _("Measurable"),
        _(
            "One indicator. Its baseline is measured from the cases when the draft is kept, and "
            "frozen; the rule of the verdict is declared here, before the start."
        ),
    ),
    "A": (_("Achievable"), _("Money, people, and the authority to do it.")),
    "R": (_("Relevant"), _("Why this and not something else, and what shows it.")),
    "T": (_("Time-bound"), _("From when to when, and how often it is looked at.")),
}


@dataclass(frozen=True)
class Part:
    """A letter on the page."""

    letter: str
    name: Any
    about: Any
    rows: list[list[forms.BoundField]]


class PlanForm(Checked):
    """A version of a plan. Only its title and what it is measured by must be said at once."""

    title = Line(
        _("Title"), max_length=120, help_text=_("What it will be known by, in a few words.")
    )

    problem = Text(
        _("The problem"), required=False, help_text=_("What happens, to whom, since when.")
    )
    change = Text(_("What is changed"), required=False)
    place = Line(_("Where"), required=False, help_text=_("District, counter, line of work."))
    owner = Member(_("Owner"), required=False)

    aim = forms.ChoiceField(label=_("Indicator"), choices=aims)
    category = Coded(
        Category.objects.none(),
        _("Category"),
        required=False,
        empty_label=_("all categories"),
        help_text=_("For complaints received alone."),
    )
    cause = Coded(
        Cause.objects.none(),
        _("Root cause"),
        required=False,
        empty_label=_("all root causes"),
        help_text=_("For complaints received alone."),
    )
    baseline_first = Day(_("Baseline from"))
    baseline_last = Day(_("Baseline to"))
    target = forms.DecimalField(
        label=_("Target"),
        required=False,
        max_digits=8,
        decimal_places=2,
        min_value=Decimal(0),
        help_text=_("In percent of a share, or complaints a week."),
    )
    level = forms.ChoiceField(label=_("Interval of the verdict"), choices=LEVELS, initial="0.950")
    least = whole(
        _("Least number for a verdict"),
        min_value=1,
        initial=100,
        help_text=_("Before so many were counted after the start, nothing is said."),
    )
    selected = forms.BooleanField(
        label=_("It was chosen because its number was bad"),
        required=False,
        help_text=_(
            "What was chosen for being bad gets better by itself in part. These weeks are then "
            "not counted in the verdict."
        ),
    )

    budget = whole(
        _("Additional budget"),
        required=False,
        max_value=10**15,
        help_text=_("0 where it costs nothing."),
    )
    currency = forms.ChoiceField(
        label=_("Currency"), choices=Currency.choices, required=False, initial=own_currency
    )
    resources = Text(_("People and means"), required=False)
    authority = Line(
        _("On whose authority"),
        required=False,
        help_text=_("The decree or decision, with its number."),
    )

    element = forms.ChoiceField(
        label=_("Element of the service"),
        choices=[("", _("not chosen")), *Element.choices],
        required=False,
    )
    relevance = Text(_("Why this matters"), required=False)
    affected = Text(_("Who is affected"), required=False)
    evidence = Text(
        _("Evidence"),
        required=False,
        help_text=_("References of cases, minutes, links: one a line."),
    )

    starts_on = Day(_("Start"), required=False)
    due_on = Day(pgettext_lazy("of a plan", "Due"), required=False)
    review_weeks = forms.TypedChoiceField(
        label=_("Reviewed"), choices=REVIEWS, coerce=int, empty_value=None, required=False
    )

    #: The fields of each letter in the order of the page; those of a row stand side by side.
    LETTERS: dict[str, tuple[tuple[str, ...], ...]] = {
        "S": (("problem",), ("change",), ("place", "owner")),
        "M": (
            ("aim",),
            ("category", "cause"),
            ("baseline_first", "baseline_last", "target"),
            ("level", "least"),
            ("selected",),
        ),
        "A": (("budget", "currency"), ("resources",), ("authority",)),
        "R": (("element",), ("relevance",), ("affected",), ("evidence",)),
        "T": (("starts_on", "due_on", "review_weeks"),),
    }

    def __init__(
        self, *args: Any, unit: Unit, version: Version | None = None, **kwargs: Any
    ) -> None:
        """`version`: what is written anew; what it measures can be chosen though it ended since."""
        if version is not None:
            kwargs.setdefault("initial", initial_of(version))
        super().__init__(*args, **kwargs)
        category, cause = (version.category_id, version.cause_id) if version else (None, None)
        choose_from(self, "owner", people_of(unit))
        choose_from(self, "category", Category.objects.filter(Q(active=True) | Q(pk=category)))
        choose_from(self, "cause", Cause.objects.filter(Q(active=True) | Q(pk=cause)))

    def parts(self) -> list[Part]:
        """The fields by letter, in the order of the page."""
        return [
            Part(letter, *ABOUT[letter], [[self[name] for name in row] for row in rows])
            for letter, rows in self.LETTERS.items()
        ]

    def clean_level(self) -> Decimal:
        return Decimal(self.cleaned_data["level"])

    def clean_currency(self) -> str:
        return self.cleaned_data["currency"] or own_currency()

    def clean(self) -> dict[str, Any]:
        """The indicator in its parts; what the others do not take is left out."""
        said = super().clean()
        indicator, _colon, part = str(said.pop("aim", "") or "").partition(":")
        said["indicator"] = indicator
        said["metric"] = part if indicator == Indicator.ON_TIME else ""
        said["reason"] = part if indicator == Indicator.MISSED_BECAUSE else ""
        if indicator != Indicator.RECEIVED:
            said["category"] = said["cause"] = None
        return said


def initial_of(version: Version) -> dict[str, Any]:
    """What a version says, as the form takes it."""
    names = [name for name in _names() if name != "aim"]
    said: dict[str, Any] = {name: getattr(version, name) for name in names}
    said["aim"] = f"{version.indicator}:{version.metric or version.reason}"
    for name in ("category", "cause"):
        said[name] = said[name].code if said[name] else ""
    said["owner"] = version.owner.username if version.owner else ""
    said["level"] = f"{version.level:.3f}"
    return said


def initial_from(found: Mapping[str, str]) -> dict[str, Any]:
    """What an address says, which came from the wall or a theme: only what the form knows."""
    return {name: value for name, value in found.items() if name in _names()}


def _names() -> list[str]:
    return ["title", *(name for rows in PlanForm.LETTERS.values() for row in rows for name in row)]
