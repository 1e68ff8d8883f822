"""Looking changes nothing: GET and HEAD of every address of the portal, in every stage."""

from typing import Any

import pytest
from django.core import serializers
from django.test import Client
from django.urls import reverse
from viewflow.workflow.models import Task

from casework import links
from casework.models import (
    Attachment,
    Case,
    Complainant,
    Event,
    EventBody,
    LostSecret,
    Publication,
    Receipt,
    SecretKey,
    Sending,
    TrackingLink,
)
from portal.asks import ASKS
from portal.urls import urlpatterns
from tests.agency import PATHS, Agency, citizen, do, walk
from tests.portal.test_answers import with_file
from tests.portal.test_published import WORDS
from workflows import filing
from workflows.lost import new_key

TABLES = [
    *(Case, Event, EventBody, Complainant, Receipt, TrackingLink, Attachment, Sending),
    *(Publication, Task, SecretKey, LostSecret),
]


#: What names a file that comes in pieces; no other page reads it.
FILE = {"Upload-Token": "a-form", "Upload-Key": "a-file", "Upload-Length": "9"}


def everything() -> list[str]:
    return [serializers.serialize("json", table.objects.order_by("pk")) for table in TABLES]


def addresses(token: str, pk: int, published: str, key: str) -> dict[str, list[list[Any]]]:
    """The arguments with which each name of the portal is looked at."""
    return {
        "home": [[]],
        "accessibility": [[]],
        "file": [[]],
        "pieces": [[]],
        "offline": [[]],
        "worker": [[]],
        "track": [[]],
        "lost": [[]],
        "new_secret": [[key]],
        "published": [[]],
        "publication": [[published]],
        "receipt": [["a-token"]],
        "case": [[token]],
        "download": [[token, pk]],
        "act": [[token, name] for name in [*ASKS, "note", "accept", "claim"]],
    }


@pytest.mark.parametrize("stage", [*PATHS, "merged"])
def test_looking_at_every_address_changes_nothing(
    client: Client, agency: Agency, stage: str
) -> None:
    said = {"text": "Air mati empat hari di RT 03.", "identity": "none"}
    filing.file(said, token="a-token")
    case = walk(agency, stage, category="bills" if stage == "review" else "water")
    case = with_file(case, "message", citizen(case), "foto", text="Ini.")
    published = do(walk(agency, "assign"), "publish", agency.supervisor, **WORDS)
    token, file = links.link_for(case), case.attachments.get().pk
    where = addresses(token, file, published.reference, new_key(case))
    assert set(where) == {pattern.name for pattern in urlpatterns}
    before = everything()
    for name, calls in where.items():
        for arguments in calls:
            for look in (client.get, client.head):
                answer = look(reverse(f"portal:{name}", args=arguments), headers=FILE)
                assert answer.status_code in (200, 302)
    assert everything() == before
