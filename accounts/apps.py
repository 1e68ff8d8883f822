from django.apps import AppConfig
from django.contrib.admin import apps as django_admin
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Units and people")


class AdministrationConfig(django_admin.AdminConfig):
    """Django's admin, on our own site. Named in the settings; "accounts" means the one above."""

    default = False
    default_site = "accounts.administration.Administration"
