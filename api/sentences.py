"""What Django REST framework has no Indonesian for: named here, so that our catalogue has it."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

_OF_THE_FRAMEWORK = (
    _("Malformed request."),
    _('Method "{method}" not allowed.'),
    _("Expected available in {wait} second."),
    _("Expected available in {wait} seconds."),
    _("Not a valid string."),
    _("String value too large."),
    _("Datetime value out of range."),
)
