"""What the log says of a changed role: the old value and the new one."""

from __future__ import annotations

from typing import Any

from django.forms import BaseInlineFormSet, ModelForm


def with_values(message: list[dict[str, Any]], formsets: list[BaseInlineFormSet]) -> Any:
    """The change message of Django's admin, in which each changed role says from what to what.

    Codes instead of labels: the log is read in more than one language.
    """
    told = iter(each["changed"] for each in message if "name" in each.get("changed", {}))
    for formset in formsets:
        for membership, names in formset.changed_objects:
            form = next(form for form in formset.initial_forms if form.instance is membership)
            next(told)["fields"] = [_told(form, name) for name in names]
    return message


def _told(form: ModelForm, name: str) -> str:
    before = form.fields[name].clean(form.initial[name])
    return f"{name}: {_code(before)} → {_code(form.cleaned_data[name])}"


def _code(value: Any) -> str:
    return str(getattr(value, "code", value))
