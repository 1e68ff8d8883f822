"""Looking changes nothing: GET and HEAD of every address of the portal, in every stage."""

from typing import Any

import pytest
from django.core import serializers
from django.test import Client
from django.urls import reverse
from viewflow.workflow.models import Task

from casework import links
from casework.models import Attachment, Case, Complainant, Event, EventBody, Receipt, TrackingLink
from portal.asks import ASKS
from portal.urls import urlpatterns
from tests.agency import PATHS, Agency, citizen, walk
from tests.portal.test_answers import with_file
from workflows import filing

TABLES = [Case, Event, EventBody, Complainant, Receipt, TrackingLink, Attachment, Task]


def everything() -> list[str]:
    return [serializers.serialize("json", table.objects.order_by("pk")) for table in TABLES]


def addresses(token: str, pk: int) -> dict[str, list[list[Any]]]:
    """The arguments with which each name of the portal is looked at."""
    return {
        "home": [[]],
        "file": [[]],
        "track": [[]],
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
    where = addresses(links.link_for(case), case.attachments.get().pk)
    assert set(where) == {pattern.name for pattern in urlpatterns}
    before = everything()
    for name, calls in where.items():
        for arguments in calls:
            for look in (client.get, client.head):
                assert look(reverse(f"portal:{name}", args=arguments)).status_code in (200, 302)
    assert everything() == before
