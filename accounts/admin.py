"""The settings of units, people and keys."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts import api_keys, one_time
from accounts.administration import Configured, ConfiguredPage
from accounts.forms import PersonForm, RolesFormSet, UnitForm
from accounts.models import ApiKey, Membership, Unit, User
from accounts.role_changes import with_values


@admin.register(Unit)
class UnitAdmin(ConfiguredPage):
    form = UnitForm
    list_display = ("name", "code", "parent", "receives", "independent", "active")
    list_filter = ("active",)
    list_select_related = ("parent",)
    search_fields = ("name", "code")

    def save_model(self, request: HttpRequest, obj: Unit, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if obj.receives and "receives" in form.changed_data:
            # One unit receives: of several, the oldest would, whatever was chosen last.
            Unit.objects.exclude(pk=obj.pk).filter(receives=True).update(receives=False)
        if obj.independent and "independent" in form.changed_data:
            Unit.objects.exclude(pk=obj.pk).filter(independent=True).update(independent=False)


class Roles(Configured, admin.StackedInline):
    model = Membership
    formset = RolesFormSet
    fields = (("role", "unit"), ("handles_restricted", "identity_officer"))
    extra = 1

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A role is taken away by deleting it; the log keeps that it was."""
        return self.admin_site.has_permission(request)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any):
        formset: Any = super().get_formset(request, obj, **kwargs)
        formset.acting = request.user
        return formset


@admin.register(User)
class PersonAdmin(ConfiguredPage):
    form = PersonForm
    inlines = (Roles,)
    list_display = ("username", "display_name", "roles", "is_active")
    list_filter = ("is_active",)
    search_fields = ("username", "first_name", "last_name", "email")
    ordering = ("username",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("memberships__unit")

    @admin.display(description=_("name"), ordering="first_name")
    def display_name(self, person: User) -> str:
        return person.display_name

    @admin.display(description=_("roles"))
    def roles(self, person: User) -> str:
        every = person.memberships.all()
        return ", ".join(f"{each.get_role_display()} ({each.unit})" for each in every) or "-"

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any):
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.acting = request.user
        return form

    def get_urls(self) -> list[Any]:
        link = self.admin_site.admin_view(require_POST(self.new_link))
        return [path("<int:pk>/link/", link, name="accounts_user_link"), *super().get_urls()]

    def new_link(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show a link by which an active person sets a password anew; the log says who had it."""
        person = get_object_or_404(User, pk=pk, is_active=True)
        self.log_change(request, person, [{"changed": {"fields": ["one-time link"]}}])
        _show_link(request, person)
        return redirect("admin:accounts_user_change", pk)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    def response_add(self, request: HttpRequest, obj: User, post_url_continue: Any = None):
        _show_link(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def construct_change_message(
        self,
        request: HttpRequest,
        form: Any,
        formsets: Any,
        add: bool = False,
    ) -> Any:
        message = super().construct_change_message(request, form, formsets, add)
        return with_values(message, formsets)


def _show_link(request: HttpRequest, person: User) -> None:
    words = _("{name} sets a password here, once, within three days. Give them this address:")
    said = format_html(
        '{} <span class="break" translate="no">{}</span>',
        str(words).format(name=person.display_name),
        one_time.link_for(person),
    )
    messages.info(request, said)


@admin.register(ApiKey)
class ApiKeyAdmin(ConfiguredPage):
    """Keys are issued by `bin/manage issue_key`, which shows them once, and revoked here."""

    actions = ("revoke",)
    fields = ("name", "scope", "user", "created_at", "expires_at", "last_used_on", "revoked_at")
    list_display = (
        "name",
        "scope",
        "user",
        "created_at",
        "expires_at",
        "last_used_on",
        "revoked_at",
    )
    list_filter = ("scope",)
    list_select_related = ("user",)
    search_fields = ("name",)
    ordering = ("-pk",)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    has_change_permission = has_add_permission

    def response_action(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not all(pk.isdecimal() for pk in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            raise BadRequest
        return super().response_action(request, *args, **kwargs)

    @admin.action(description=_("Revoke the chosen keys, at once and for good"))
    def revoke(self, request: HttpRequest, keys: QuerySet[ApiKey]) -> None:
        for key in keys.filter(revoked_at=None):
            api_keys.revoke(key)
            self.log_change(request, key, [{"changed": {"fields": ["revoked"]}}])
        messages.success(request, _("Revoked. No program comes in with them any more."))
