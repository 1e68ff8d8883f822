"""Files on their way: what came of them over a bad line, until they are whole."""

from django.db import models


class Sending(models.Model):
    """One file that comes in pieces, under the upload token of its form.

    It knows its attachment once it is whole, so that whoever lost that answer gets it again. It
    goes when the form is sent, when the file is taken back, and after a day; where it is not whole,
    after two hours without a new piece.
    """

    upload_token = models.CharField(max_length=64)
    #: What the sender calls the file; the same again goes on where it stopped.
    key = models.CharField(max_length=64)
    name = models.CharField(max_length=255)
    size = models.PositiveIntegerField()
    received = models.PositiveIntegerField(default=0)
    attachment = models.OneToOneField("casework.Attachment", models.CASCADE, null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    piece_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["upload_token", "key", "size"], name="sending_once")
        ]

    def __str__(self) -> str:
        return f"{self.received} of {self.size} bytes"


class Piece(models.Model):
    """Bytes of a file, from an offset on. In the database, which every machine reads."""

    sending = models.ForeignKey(Sending, models.CASCADE, related_name="pieces")
    offset = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sending", "offset"], name="piece_once"),
        ]

    def __str__(self) -> str:
        return f"{len(self.content)} bytes from {self.offset} on"
