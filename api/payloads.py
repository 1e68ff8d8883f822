"""An action's body; for the schema, what each takes is told by the forms that check it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from typing import Any

from django import forms
from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.plumbing import ResolvedComponent, list_hash
from rest_framework import serializers

from api.documents import FILES, MAX_ID, PROOF_FILES
from workflows.deeds import EXITS, VERBS
from workflows.forms.base import ActForm
from workflows.forms.citizen import HOW, ForCitizenForm
from workflows.forms.clocks import OneClock

#: No key opens these: only time, or the complainant, does them.
_NOT_BY_KEY = frozenset({"timeout", "remind", "rate", "verify", "secret_link", "recognise"})

#: What the complainant does.
BY_CITIZEN = frozenset(
    {
        *("answered", "confirm", "dispute", "disagree", "withdraw"),
        *("reopen", "contest", "unmerge", "message", "rate"),
    }
)

#: Of no payload's own: files are sent as they are; who acts for the complainant says how.
_NEVER_SENT = ("upload", "token")
_SHARED = (*_NEVER_SENT, *HOW)

_SEEN = {
    "type": "integer",
    "format": "int64",
    "nullable": True,
    "minimum": 0,
    "maximum": MAX_ID,
    "description": (
        "The case's `seen`, as you read it. Without it an act is stale only where another one "
        "moved the case at that very moment."
    ),
}


class Deed(serializers.Serializer):
    """An action. Everything else in the body is its payload, by the action's own names."""

    action = serializers.CharField(max_length=24)
    seen = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=MAX_ID)


class DeedWithFiles(Deed):
    """An action as a form, with files."""


class CitizenDeed(Deed):
    """An action of the complainant. Everything else in the body is its payload."""

    reference = serializers.CharField(max_length=20)
    secret = serializers.CharField(max_length=40)


class CitizenDeedWithFiles(CitizenDeed):
    """An action of the complainant as a form, with files."""


class DeedSchema(OpenApiSerializerExtension):
    """An action's body: a component for each payload, whose name its form gives."""

    target_class = "api.payloads.Deed"
    match_subclasses = True

    def map_serializer(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        common: dict[str, Any] = {"action": {"type": "string"}, "seen": _SEEN}
        if isinstance(self.target, DeedWithFiles):
            common |= {"files": FILES, "proof_files": PROOF_FILES}
        return {
            "type": "object",
            "required": ["action"],
            "properties": common,
            "oneOf": [
                _component(auto_schema.registry, form, names)
                for form, names in _actions(set(EXITS | VERBS) - _NOT_BY_KEY).items()
            ],
        }


class CitizenDeedSchema(OpenApiSerializerExtension):
    """The body of an action of the complainant, who says of themselves neither way nor proof."""

    target_class = "api.payloads.CitizenDeed"
    match_subclasses = True
    priority = 1  # before that of `Deed`

    def map_serializer(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        common: dict[str, Any] = {"action": {"type": "string"}, "seen": _SEEN}
        common |= {"reference": _text(20), "secret": _text(40)}
        if isinstance(self.target, CitizenDeedWithFiles):
            common["files"] = FILES
        return {
            "type": "object",
            "required": ["reference", "secret", "action"],
            "properties": common,
            "oneOf": [_own(form, names) for form, names in _actions(BY_CITIZEN).items()],
        }


def _text(longest: int) -> dict[str, Any]:
    return {"type": "string", "minLength": 1, "maxLength": longest}


def _actions(names: Collection[str]) -> dict[type[ActForm], list[str]]:
    """The actions of those names, by the form of their payload."""
    found: dict[type[ActForm], list[str]] = defaultdict(list)
    for name, deed in (EXITS | VERBS).items():
        if name in names:
            found[deed.form].append(name)
    return found


def _own(form: type[ActForm], names: list[str]) -> dict[str, Any]:
    """What the complainant sends with a form; a pattern, as the choices of names are staff's."""
    fields = form.base_fields
    own = _shape({name: fields[name] for name in fields if name not in _SHARED})
    own["properties"]["action"] = {"type": "string", "pattern": f"^({'|'.join(names)})$"}
    own["required"].append("action")
    return own


def _component(registry: Any, form: type[ActForm], names: list[str]) -> dict[str, Any]:
    """A reference to the component of a form's payload."""
    for_citizen = issubclass(form, ForCitizenForm)
    shared = _SHARED if for_citizen else _NEVER_SENT
    own = _shape({name: form.base_fields[name] for name in form.base_fields if name not in shared})
    own["properties"]["action"] = {"type": "string", "enum": names}
    own["required"].append("action")
    if for_citizen:
        how = {name: form.base_fields[name] for name in ("channel", "proof")}
        own["allOf"] = [_registered(registry, ForCitizenForm, _shape(how))]
    return _registered(registry, form, own)


def _registered(registry: Any, form: type[ActForm], shape: dict[str, Any]) -> dict[str, Any]:
    name = f"{form.__name__.removesuffix('Form')}Payload"
    component = ResolvedComponent(name, ResolvedComponent.SCHEMA, shape, object=form)
    registry.register_on_missing(component)
    return component.ref


def _shape(fields: dict[str, forms.Field]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": [name for name, field in fields.items() if field.required],
        "properties": {name: _property(field) for name, field in fields.items()},
    }


def _property(field: forms.Field) -> dict[str, Any]:
    """How one field of a payload is written, with its label in the reader's language."""
    more = next((say(field) for kind, say in _SHAPES if isinstance(field, kind)), {})
    return {"type": "string", "description": field.label} | more


def _in_letters(field: Any) -> dict[str, Any]:
    if not field.max_length:
        return {}
    return {"maxLength": field.max_length, "minLength": int(field.required)}


def _one_of(field: Any) -> dict[str, Any]:
    """By the hash of its choices, a list that a case has too is called the same."""
    choices = [(value, label) for value, label in field.choices if value]
    return {"enum": [value for value, _label in choices], "x-spec-enum-id": list_hash(choices)}


_CLOCK = {
    "type": "integer",
    "description": "The id of a clock, as `clocks` of the case says it; needed if there are more.",
}
#: What is said of a field beside its label, by its class; the first that fits.
_SHAPES: tuple[tuple[type[forms.Field], Callable[[Any], dict[str, Any]]], ...] = (
    (OneClock, lambda field: _CLOCK),
    (forms.BooleanField, lambda field: {"type": "boolean"}),
    (
        forms.IntegerField,
        lambda field: {
            "type": "integer",
            "minimum": field.min_value,
            "maximum": field.max_value,
        },
    ),
    (forms.DateTimeField, lambda field: {"format": "date-time"}),
    (forms.DateField, lambda field: {"format": "date"}),
    (forms.ModelChoiceField, lambda field: {}),
    (forms.ChoiceField, _one_of),
    (forms.CharField, _in_letters),
)
