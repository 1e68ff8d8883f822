"""Policies: which targets a case has, on what legal basis, in versions."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.triggers import AppendOnly, refuse_truncate


class Policy(models.Model):
    """A set of ordered rules that is in force for a time; what the rules say is in versions."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    legal_basis = models.CharField(_("legal basis"), max_length=300)
    source = models.URLField(_("source"), max_length=300, blank=True)
    effective_from = models.DateField(_("in force from"))
    effective_to = models.DateField(_("in force to"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("confirmed by")
    )
    confirmed_at = models.DateTimeField(_("legal basis confirmed"), null=True)

    class Meta:
        ordering = ["effective_from"]
        verbose_name = _("policy")
        verbose_name_plural = _("policies")
        constraints = [
            models.CheckConstraint(
                name="policy_ends_after_it_begins",
                condition=Q(effective_to__isnull=True)
                | Q(effective_to__gte=models.F("effective_from")),
            )
        ]

    def __str__(self) -> str:
        return self.name


class PolicyVersion(models.Model):
    """The rules of a policy from a moment on: immutable."""

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    rules = models.JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["policy", "number"], name="policy_number_once")
        ]
        triggers = [AppendOnly(name="rules_stand"), refuse_truncate("keep_rules")]

    def __str__(self) -> str:
        return f"{self.policy_id} {self.number}"
