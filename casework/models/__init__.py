"""The record: what a case is."""

from casework.models.attachment import Attachment
from casework.models.case import Case, Channel, Identity, Kind, Priority, Publishing
from casework.models.catalogue import Category, Service
from casework.models.complainant import Complainant
from casework.models.event import Audience, Event, EventBody
from casework.models.keys import Receipt, TrackingLink

__all__ = [
    "Attachment",
    "Audience",
    "Case",
    "Category",
    "Channel",
    "Complainant",
    "Event",
    "EventBody",
    "Identity",
    "Kind",
    "Priority",
    "Publishing",
    "Receipt",
    "Service",
    "TrackingLink",
]
