"""The closed lists by which cases are sorted."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """Klasifikasi of SP4N-LAPOR, and what else citizens write."""

    COMPLAINT = "complaint", _("Complaint")
    OVERSIGHT = "oversight", _("Complaint with oversight weight")
    ASPIRATION = "aspiration", _("Aspiration")
    INFORMATION = "information", _("Request for information")
    SUGGESTION = "suggestion", _("Suggestion")
    PRAISE = "praise", _("Praise")


class Priority(models.TextChoices):
    NORMAL = "normal", _("Normal")
    URGENT = "urgent", _("Urgent")


class Channel(models.TextChoices):
    """The way in."""

    WEB = "web", _("web page")
    COUNTER = "counter", _("counter")
    PHONE = "phone", _("phone")
    LETTER = "letter", _("letter")
    WHATSAPP = "whatsapp", _("WhatsApp")
    EMAIL = "email", _("e-mail")
    API = "api", _("other system")
    IMPORT = "import", _("imported")

    @property
    def phrase(self) -> str:
        """As it follows upon a verb: received by phone."""
        return str(_PHRASES[self])


_PHRASES = {
    Channel.WEB: _("on the web"),
    Channel.COUNTER: _("at the counter"),
    Channel.PHONE: _("by phone"),
    Channel.LETTER: _("by letter"),
    Channel.WHATSAPP: _("by WhatsApp"),
    Channel.EMAIL: _("by e-mail"),
    Channel.API: _("from another system"),
    Channel.IMPORT: _("by import"),
}


class Publishing(models.TextChoices):
    PRIVATE = "private", _("private")
    PUBLISHED = "public", _("published")
    NEVER = "never", _("never to be published")


class DueState(models.TextChoices):
    """How the nearest due date stands, or why no clock runs."""

    CALM = "calm", _("in time")
    SOON = "soon", _("at risk")
    LATE = "late", _("late")
    COMPLAINANT = "complainant", _("paused: waiting for the complainant")
    THIRD_PARTY = "third_party", _("paused: waiting for a third party")
    LEGAL_HOLD = "legal_hold", _("paused: legal hold")
    NONE = "none", _("no clock runs")
