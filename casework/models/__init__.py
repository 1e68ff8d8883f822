"""The record: what a case is."""

from casework.models.access_log import AccessLog, Looked
from casework.models.attachment import Attachment
from casework.models.case import Case, Channel, DueState, Identity, Kind, Priority, Publishing
from casework.models.catalogue import Axis, Category, Cause, Service
from casework.models.complainant import CONTACTS, Complainant
from casework.models.event import Audience, Event, EventBody
from casework.models.keys import LostSecret, Receipt, SecretKey, TrackingLink
from casework.models.publication import Publication
from casework.models.resolution import Outcome, Remedy, Resolution
from casework.models.sending import Piece, Sending

__all__ = [
    "CONTACTS",
    "AccessLog",
    "Attachment",
    "Audience",
    "Axis",
    "Case",
    "Category",
    "Cause",
    "Channel",
    "Complainant",
    "DueState",
    "Event",
    "EventBody",
    "Identity",
    "Kind",
    "Looked",
    "LostSecret",
    "Outcome",
    "Piece",
    "Priority",
    "Publication",
    "Publishing",
    "Receipt",
    "Remedy",
    "Resolution",
    "SecretKey",
    "Sending",
    "Service",
    "TrackingLink",
]
