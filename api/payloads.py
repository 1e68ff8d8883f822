"""An action's body; for the schema, what each takes is told by the forms that check it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, cast

from django import forms
from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.plumbing import ResolvedComponent
from rest_framework import serializers

from api.documents import FILES, MAX_ID
from workflows.deeds import EXITS, VERBS
from workflows.forms.base import ActForm
from workflows.forms.citizen import ForCitizenForm

#: No key opens these: only time, or the complainant, does them.
_NOT_BY_KEY = frozenset({"timeout", "remind", "rate"})

#: Of no payload's own: files are sent as they are; who acts for the complainant says how.
_SHARED = ("upload", "channel", "proof")

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


class DeedSchema(OpenApiSerializerExtension):
    """An action's body: a component for each payload, whose name its form gives."""

    target_class = "api.payloads.Deed"
    match_subclasses = True

    def map_serializer(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        registry = auto_schema.registry
        common: dict[str, Any] = {"action": {"type": "string"}, "seen": _SEEN}
        if isinstance(self.target, DeedWithFiles):
            common["files"] = FILES
        payloads = [_component(registry, form, names) for form, names in _actions().items()]
        return {
            "type": "object",
            "required": ["action"],
            "properties": common,
            "oneOf": payloads,
        }


def _actions() -> dict[type[ActForm], list[str]]:
    """The names of all actions, by the form of their payload."""
    names: dict[type[ActForm], list[str]] = defaultdict(list)
    for name, deed in (EXITS | VERBS).items():
        if name not in _NOT_BY_KEY:
            names[deed.form].append(name)
    return names


def _component(registry: Any, form: type[ActForm], names: list[str]) -> dict[str, Any]:
    """A reference to the component of a form's payload."""
    own = _shape({name: form.base_fields[name] for name in form.base_fields if name not in _SHARED})
    own["properties"]["action"] = {"type": "string", "enum": names}
    own["required"].append("action")
    if issubclass(form, ForCitizenForm):
        shared = {name: form.base_fields[name] for name in ("channel", "proof")}
        own["allOf"] = [_registered(registry, ForCitizenForm, _shape(shared))]
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
    said = {"type": "string", "description": field.label}
    if isinstance(field, forms.BooleanField):
        return said | {"type": "boolean"}
    if isinstance(field, forms.DateField):
        return said | {"format": "date"}
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        return said | {"enum": [value for value, _label in cast(list, field.choices)]}
    if isinstance(field, forms.CharField) and field.max_length:
        return said | {"maxLength": field.max_length, "minLength": int(field.required)}
    return said
