"""What complaints are about, categories (a tree) and services, and what they come from."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class InTwoLanguages(models.Model):
    """A name in Indonesian and, where given, in English."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        if self.name_en and (get_language() or "").startswith("en"):
            return self.name_en
        return self.name


class Category(InTwoLanguages):
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    restricted = models.BooleanField(
        _("restricted"), default=False, help_text=_("Only people cleared for it see these cases.")
    )
    review_needed = models.BooleanField(
        _("answers need approval"),
        default=False,
        help_text=_("A second person approves each answer."),
    )
    cause_needed = models.BooleanField(
        _("answers say the root cause"),
        default=False,
        help_text=_(
            "An answer names root cause, outcome and remedy; a lesson may be left out. "
            "Elsewhere all four may be."
        ),
    )
    default_unit = models.ForeignKey(
        "accounts.Unit", models.PROTECT, null=True, blank=True, verbose_name=_("its unit")
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("category")
        verbose_name_plural = _("categories")


class Service(InTwoLanguages):
    unit = models.ForeignKey(
        "accounts.Unit", models.PROTECT, null=True, blank=True, verbose_name=_("unit")
    )
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, verbose_name=_("category")
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("service")
        verbose_name_plural = _("services")


class Axis(models.TextChoices):
    """Where in a service a cause lies: in its means, in what is said, or in how people behave."""

    TECHNICAL = "technical", _("technical")
    INTERACTION = "interaction", _("interaction")
    ATTITUDE = "attitude", _("attitude")


class Cause(InTwoLanguages):
    """A root cause of complaints, or a group of such: answers name what has nothing below it."""

    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    axis = models.CharField(_("axis"), max_length=11, choices=Axis)

    class Meta:
        ordering = ["name"]
        verbose_name = _("root cause")
        verbose_name_plural = _("root causes")
