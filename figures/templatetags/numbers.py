"""Numbers as the reader's language writes them."""

from __future__ import annotations

from django import template
from django.utils.formats import number_format

from figures.definitions import Share

register = template.Library()


@register.filter
def grouped(number: int) -> str:
    """A whole number with its thousands apart: "12.450"."""
    return str(number_format(number, force_grouping=True))


@register.filter
def percent(share: Share) -> str:
    """A share in percent with one decimal, without the sign: "79,6"; a dash of none."""
    return "\u2013" if share.percent is None else str(number_format(round(share.percent, 1), 1))
