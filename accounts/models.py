"""Who people are: users, the tree of units, and a person's roles in units."""

from functools import cached_property

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.rights import Rights, Role
from accounts.units import UnitQuerySet


class User(AbstractUser):
    """A member of staff. Citizens have no account: they hold a reference and a secret."""

    language = models.CharField(_("language"), max_length=8, default="id")
    time_zone = models.CharField(_("time zone"), max_length=64, default="Asia/Jakarta")
    shortcuts = models.BooleanField(_("keyboard shortcuts"), default=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    @cached_property
    def rights(self) -> Rights:
        """What this person may do where: one query, then memory for the rest of the request."""
        return Rights.of(self.pk)

    @property
    def display_name(self) -> str:
        return self.get_full_name() or self.username

    @property
    def initials(self) -> str:
        words = self.display_name.split()
        return "".join(word[0] for word in words[:2]).upper()


class Unit(models.Model):
    """A unit of the agency. `path` holds the ids from the root, so a subtree is a prefix."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    path = models.CharField(max_length=255, editable=False, db_index=True, default="")
    #: When it came to be below another unit; none where it always was.
    placed_at = models.DateTimeField(null=True, editable=False)
    time_zone = models.CharField(_("time zone"), max_length=64, default="Asia/Jakarta")
    receives = models.BooleanField(
        _("receives new complaints"), default=False, help_text=_("Its intake triages new cases.")
    )
    independent = models.BooleanField(
        _("independent"),
        default=False,
        help_text=_(
            "Checks complaints about the staff of other units, also about those above it: "
            "the inspectorate."
        ),
    )
    active = models.BooleanField(_("active"), default=True)
    #: Of the topmost unit: that of the agency, see `accounts.languages`.
    language = models.CharField(
        _("language"),
        max_length=8,
        default="id",
        choices=settings.LANGUAGES,
    )
    help_text = models.CharField(
        _("where citizens find help"),
        max_length=300,
        blank=True,
        help_text=_("Address and hours of the counter. Citizens read that of the topmost unit."),
    )
    phone = models.CharField(
        _("telephone for citizens"),
        max_length=24,
        blank=True,
        validators=[RegexValidator(r"^\+?[\d\s().-]{3,24}$", _("Enter a telephone number."))],
    )

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["path"]
        verbose_name = _("unit")
        verbose_name_plural = _("units")

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        super().save(*args, **kwargs)
        prefix = self.parent.path if self.parent else "."
        path = f"{prefix}{self.pk}."
        if path != self.path:
            self.placed_at = timezone.now() if self.path else None
            self.path = path
            type(self).objects.filter(pk=self.pk).update(path=path, placed_at=self.placed_at)
            for child in self.children.all():
                child.save()


class Membership(models.Model):
    """One role of one person in one unit."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(
        Unit, models.CASCADE, related_name="memberships", verbose_name=_("unit")
    )
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)
    handles_restricted = models.BooleanField(_("handles restricted cases"), default=False)
    identity_officer = models.BooleanField(_("identity officer"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "unit", "role"], name="one_role_once")
        ]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.unit}"


class ApiKey(models.Model):
    """A key of a person or a program. The key itself is not kept."""

    class Scope(models.TextChoices):
        REST = "rest", "REST"
        OPEN311 = "open311", "Open311"

    user = models.ForeignKey(
        User,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="api_keys",
        verbose_name=_("rights of"),
    )
    name = models.CharField(_("name"), max_length=100)
    scope = models.CharField(_("opens"), max_length=8, choices=Scope.choices)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("issued"), auto_now_add=True)
    expires_at = models.DateTimeField(_("ends"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    #: The day alone: the hour would say which complaint a program passed on.
    last_used_on = models.DateField(_("last used"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")

    def __str__(self) -> str:
        return self.name
