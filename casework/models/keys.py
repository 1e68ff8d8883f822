"""What lets a citizen back to a case: the receipt, shown again after a lost line, and links."""

import uuid

from django.db import models


class Receipt(models.Model):
    """The secret of a fresh case, sealed, for at most 30 minutes, under the form's own token.

    The token also makes filing idempotent: the same form sent twice files one case. `clerk`: who
    hands it over, where staff do; then nobody else reads it.
    """

    token_digest = models.CharField(max_length=64, unique=True)
    body_digest = models.CharField(max_length=64, blank=True)
    case = models.ForeignKey("casework.Case", models.CASCADE, related_name="receipts")
    clerk = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    sealed_secret = models.TextField(blank=True)
    #: Whether it is of a new secret, which took the place of a lost one.
    anew = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return str(self.case_id)


class TrackingLink(models.Model):
    """One signed link to one case for one recipient; it expires and can be revoked.

    When it was made is not kept: that would be a record of when complainants look.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    case = models.ForeignKey("casework.Case", models.CASCADE, related_name="links")
    #: The index of the address that it was mailed to; empty where reference and secret opened it.
    mailed_to = models.CharField(max_length=64, blank=True)
    expires_at = models.DateTimeField(db_index=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.id)


class LostSecret(models.Model):
    """Somebody asked for a new secret on the web; `case` is null where none could be mailed.

    A row is written in either case, so that both take the same work; the sweep reads it and
    deletes it. `fits`: whether they named the e-mail address that we know.
    """

    # Without a constraint: to look for the row that it names would take its time, and so tell.
    case = models.ForeignKey(
        "casework.Case", models.CASCADE, null=True, related_name="+", db_constraint=False
    )
    fits = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.case_id)


class SecretKey(models.Model):
    """What a mailed link to a new secret opens: once, until it expires. Only a digest is kept."""

    case = models.ForeignKey("casework.Case", models.CASCADE, related_name="secret_keys")
    token_digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.case_id)
