"""Where administrators configure the agency: Django's admin, behind our own rule.

Only what is registered here and in `casework.admin` is reached; no case, event, contact or file is.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.auth.views import redirect_to_login
from django.db import IntegrityError, models
from django.forms import CharField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.plain_text import check_one_line
from accounts.rights import Role

#: Signing in and out is ours, a password is set by link, and nothing else asks for the last two.
LEFT_OUT = frozenset(
    {"login", "logout", "password_change", "password_change_done", "autocomplete", "view_on_site"}
)
ROWS = 50  # on a page of a list, and there is no "show all" beyond


class Administration(admin.AdminSite):
    """For administrators, in their time zone; strangers sign in, everybody else finds nothing."""

    index_title = site_title = site_header = _("Settings")
    enable_nav_sidebar = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Take what is ours alone: other packages bring pages of their own, Viewflow its tasks."""
        if admin_class and issubclass(admin_class, Configured):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        user: Any = request.user
        return user.is_active and user.rights.any(Role.ADMINISTRATOR)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        guarded = super().admin_view(view, cacheable)

        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not self.has_permission(request):
                raise Http404
            with timezone.override(request.user.time_zone):
                response = guarded(request, *args, **kwargs)
                # A page that is drawn later would show its hours in another zone.
                return response.render() if hasattr(response, "render") else response

        return page

    def get_urls(self) -> list[Any]:
        return [url for url in super().get_urls() if getattr(url, "name", None) not in LEFT_OUT]


class Configured(BaseModelAdmin):
    """Rows that administrators see, add and change, and nobody deletes: they become inactive."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    has_add_permission = has_change_permission = has_view_permission

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> Any:
        """A choice among other rows leads nowhere else: they have pages of their own."""
        made = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(made, CharField):
            made.validators.append(check_one_line)
        for way in ("add", "change", "delete", "view"):
            setattr(getattr(made, "widget", None), f"can_{way}_related", False)
        return made


class ConfiguredPage(Configured, admin.ModelAdmin):
    """A list of such rows, and the form of each."""

    list_filter: ClassVar[Any] = ()
    list_per_page = list_max_show_all = ROWS
    show_facets = admin.ShowFacets.NEVER

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Only the filters on offer: any other would answer questions about cases."""
        return lookup.split("__", maxsplit=1)[0] in self.list_filter

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The form; where another administrator was faster, nothing is saved and that is said."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError:
            words = _("Somebody else changed this at the same moment. Please look again.")
            messages.error(request, words)
            return redirect(request.get_full_path())
