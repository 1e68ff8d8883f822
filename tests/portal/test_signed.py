"""A link that has ended: the same page everywhere, and what was typed is not lost."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from casework import links, uploads
from casework.models import Attachment, Case, Event, TrackingLink
from tests.agency import Agency, walk

ENGLISH = {"accept-language": "en"}
ENDED = "This link has ended"
PAGES = ["", "dispute/", "message/", "nothing-of-the-kind/", "files/1/"]


@pytest.fixture(params=["expired", "revoked", "forged"])
def dead(request: pytest.FixtureRequest, agency: Agency) -> str:
    """A token that opens nothing any more, or never did."""
    token = links.link_for(walk(agency, "confirm"))
    if request.param == "expired":
        TrackingLink.objects.update(expires_at=timezone.now() - timedelta(hours=1))
    if request.param == "revoked":
        TrackingLink.objects.update(revoked_at=timezone.now())
    return f"{token}x" if request.param == "forged" else token


@pytest.mark.parametrize("page", PAGES)
def test_every_page_behind_it_says_that_it_has_ended_and_shows_the_way_on(
    client: Client, dead: str, page: str
) -> None:
    answer = client.get(f"/c/{dead}/{page}", headers=ENGLISH)
    assert answer.status_code == 404
    assert ENDED in answer.content.decode() and 'href="/track/"' in answer.content.decode()
    assert client.head(f"/c/{dead}/{page}").status_code == 404


@pytest.mark.parametrize("field", ["text", "reason"])
def test_what_was_typed_is_shown_to_be_copied_and_nothing_is_done(
    client: Client, dead: str, field: str
) -> None:
    before = Event.objects.count()
    sent = {field: "Masih <b>mati</b>.\nSejak pagi."}
    answer = client.post(f"/c/{dead}/dispute/", sent, headers=ENGLISH)
    html = answer.content.decode()
    assert answer.status_code == 404 and ENDED in html and 'href="/track/"' in html
    assert "Masih &lt;b&gt;mati&lt;/b&gt;.\nSejak pagi.</textarea>" in html
    assert (Event.objects.count(), Case.objects.get().stage) == (before, "confirm")


def test_files_are_not_kept_and_the_page_says_so(client: Client, dead: str) -> None:
    file = SimpleUploadedFile("a.txt", b"halo warga")
    sent = {"text": "Ada kabar?", "upload": "u", "files": file}
    answer = client.post(f"/c/{dead}/message/", sent, headers=ENGLISH)
    assert "Please attach your files again." in answer.content.decode()
    assert not Attachment.objects.exists()


def test_files_that_came_ahead_are_not_kept_either(client: Client, dead: str) -> None:
    uploads.stage(SimpleUploadedFile("a.txt", b"halo warga"), "u")
    sent = {"text": "Ada kabar?", "upload": "u"}
    answer = client.post(f"/c/{dead}/message/", sent, headers=ENGLISH)
    assert "Please attach your files again." in answer.content.decode()
