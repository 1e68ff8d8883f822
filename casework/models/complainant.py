"""Who complains. Kept apart from the history, encrypted, and erasable."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.sealing import email_index, phone_index, seal, unseal


class Identity(models.TextChoices):
    NAMED = "named", _("named")
    WITHHELD = "withheld", _("name withheld")
    NONE = "none", _("no identity")


#: What is known of how to reach somebody; each is kept sealed.
CONTACTS = ("name", "email", "phone", "postal")


class Complainant(models.Model):
    """The complainant of one case. With identity `none` every contact field is empty."""

    identity = models.CharField(_("identity"), max_length=8, choices=Identity.choices)
    language = models.CharField(
        _("language"), max_length=8, default="id", choices=settings.LANGUAGES
    )
    sealed_name = models.TextField(blank=True)
    sealed_email = models.TextField(blank=True)
    sealed_phone = models.TextField(blank=True)
    sealed_postal = models.TextField(blank=True)
    #: Since when we know that the mailbox is theirs: somebody acted by a link mailed there.
    email_verified_at = models.DateTimeField(null=True, editable=False)
    email_index = models.CharField(max_length=64, blank=True, db_index=True)
    phone_index = models.CharField(max_length=64, blank=True, db_index=True)

    class Meta:
        verbose_name = _("complainant")
        constraints = [
            models.CheckConstraint(
                name="no_identity_keeps_no_contact",
                condition=~models.Q(identity="none")
                | models.Q(
                    sealed_name="",
                    sealed_email="",
                    sealed_phone="",
                    sealed_postal="",
                    email_index="",
                    phone_index="",
                ),
            )
        ]

    def __str__(self) -> str:
        return self.get_identity_display()

    @classmethod
    def sealed(cls, identity: str, language: str, **contacts: str) -> "Complainant":
        """An unsaved complainant with the contacts encrypted; `none` drops them all.

        `contacts`: of `CONTACTS` whatever is known.
        """
        person = cls(identity=identity, language=language)
        if identity != Identity.NONE:
            for name in CONTACTS:
                setattr(person, f"sealed_{name}", seal(contacts.get(name, "")))
            person.email_index = email_index(contacts.get("email", ""))
            person.phone_index = phone_index(contacts.get("phone", ""))
        return person

    @property
    def name(self) -> str:
        return unseal(self.sealed_name)

    @property
    def email(self) -> str:
        return unseal(self.sealed_email)

    @property
    def phone(self) -> str:
        return unseal(self.sealed_phone)

    @property
    def postal(self) -> str:
        """Where letters go, in the lines of an envelope."""
        return unseal(self.sealed_postal)

    @property
    def has_push_channel(self) -> bool:
        """Whether news can be sent to them, rather than fetched by them."""
        return bool(self.sealed_email)
