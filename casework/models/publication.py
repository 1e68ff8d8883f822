"""What everybody may read of a case: words that a person wrote for that, never the complaint."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Publication(models.Model):
    case = models.OneToOneField("casework.Case", models.PROTECT, related_name="publication")
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("complaint"))
    answer = models.TextField(_("answer"), blank=True)
    published_at = models.DateTimeField(_("published"), auto_now=True)

    class Meta:
        verbose_name = _("publication")

    def __str__(self) -> str:
        return self.subject
