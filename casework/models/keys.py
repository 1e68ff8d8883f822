"""What lets a citizen back to a case: the receipt, shown again after a lost line, and links."""

import uuid

from django.db import models


class Receipt(models.Model):
    """The secret of a fresh case, sealed, for at most 30 minutes, under the form's own token.

    The token also makes filing idempotent: the same form sent twice files one case.
    """

    token_digest = models.CharField(max_length=64, unique=True)
    body_digest = models.CharField(max_length=64, blank=True)
    case = models.OneToOneField("casework.Case", models.CASCADE, related_name="receipt")
    sealed_secret = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return str(self.case_id)


class TrackingLink(models.Model):
    """One signed link to one case for one recipient; it expires and can be revoked."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    case = models.ForeignKey("casework.Case", models.CASCADE, related_name="links")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.id)
