"""Where a plan begins: its address with what the wall or a theme knows filled in."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from accounts.models import Unit, User
from figures import outcomes
from figures.outcomes import Outcomes
from figures.scope import Period
from improvement import access
from improvement.indicators import Aim
from improvement.models import Indicator, Theme


@dataclass(frozen=True)
class Beginning:
    """A number in words, and the address of the plan that begins with it."""

    label: str
    address: str


def from_wall(user: User, unit: Unit, clocks: Outcomes) -> list[Beginning]:
    """For whoever writes plans of the unit: the answers on time, and each reason that was given."""
    if not access.can_write(user, unit.pk):
        return []
    answers = Aim(Indicator.ON_TIME, unit)
    reasons = [why for why in outcomes.breach_reasons(clocks) if why]
    aims = [answers] if outcomes.on_time(clocks.of(answers.metric)).denominator else []
    aims += [Aim(Indicator.MISSED_BECAUSE, unit, reason=why) for why in reasons]
    return [Beginning(aim.label, _from_figure(aim, clocks.period)) for aim in aims]


def _from_figure(aim: Aim, period: Period) -> str:
    """It was chosen by looking at it, so it is said to be chosen."""
    return _address(
        {
            "unit": aim.unit.code,
            "aim": f"{aim.indicator}:{aim.part}",
            "baseline_first": period.first.isoformat(),
            "baseline_last": period.last.isoformat(),
            "selected": "on",
        }
    )


def from_theme(theme: Theme) -> str:
    return _address(
        {
            "unit": theme.unit.code,
            "theme": str(theme.pk),
            "aim": f"{Indicator.RECEIVED}:",
            "category": theme.category.code if theme.category else "",
            "cause": theme.cause.code if theme.cause else "",
            "baseline_first": theme.first.isoformat(),
            "baseline_last": theme.last.isoformat(),
            "selected": "on",
            "title": theme.service[:120],
        }
    )


def _address(said: dict[str, str]) -> str:
    known = {name: value for name, value in said.items() if value}
    return f"{reverse('improvement:plan_new')}?{urlencode(known)}"
