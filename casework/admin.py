"""The settings of categories, services and root causes. Cases have pages of their own."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import ForeignKey, Q
from django.http import HttpRequest

from accounts.administration import ConfiguredPage
from accounts.forms import InATree
from accounts.models import Unit
from casework.models import Category, Cause, Service


class Catalogued(ConfiguredPage):
    list_filter: ClassVar[Any] = ("active",)
    search_fields = ("name", "name_en", "code")

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        """A unit that is active is on offer, no other."""
        made = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if made is not None and db_field.related_model is Unit:
            made.limit_choices_to = Q(active=True)
        return made


@admin.register(Category)
class CategoryAdmin(Catalogued):
    form = InATree
    fields = (
        "name",
        "name_en",
        "code",
        "parent",
        "default_unit",
        "review_needed",
        "cause_needed",
        "restricted",
        "active",
    )
    list_display = (
        "name",
        "code",
        "parent",
        "default_unit",
        "review_needed",
        "cause_needed",
        "restricted",
        "active",
    )
    list_select_related = ("parent", "default_unit")


@admin.register(Cause)
class CauseAdmin(Catalogued):
    form = InATree
    list_filter = ("axis", "active")
    fields = ("name", "name_en", "code", "parent", "axis", "active")
    list_display = ("name", "code", "parent", "axis", "active")
    list_select_related = ("parent",)


@admin.register(Service)
class ServiceAdmin(Catalogued):
    fields = ("name", "name_en", "code", "category", "unit", "active")
    list_display = ("name", "code", "category", "unit", "active")
    list_select_related = ("category", "unit")
