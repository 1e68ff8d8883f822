"""What is published: words that a person wrote for that, and nothing else of the case."""

import pytest
from django.test import Client

from accounts.models import Membership
from casework.models import Case, Publishing
from tests.agency import Agency, citizen, do, walk
from workflows.errors import Invalid, Unlawful

WORDS = {
    "subject": "Air mati di satu lingkungan",
    "text": "Air mati empat hari. Warga membeli air galon.",
    "answer": "Pompa sudah diganti.",
    "redacted": "on",
}


@pytest.fixture
def published(agency: Agency) -> Case:
    return do(walk(agency, "confirm"), "publish", agency.supervisor, **WORDS)


def test_everybody_reads_the_published_words_and_no_others(published: Case, client: Client) -> None:
    listed = client.get("/open/").content.decode()
    page = client.get(f"/open/{published.reference.lower()}/").content.decode()
    assert WORDS["subject"] in listed
    assert WORDS["text"] in page
    assert WORDS["answer"] in page
    for kept in (published.text, "RT 03", "Wulan"):
        assert kept not in page + listed


def test_the_complainant_reads_in_which_words_it_was_published(published: Case) -> None:
    event = published.events.get(kind="publish")
    assert (event.audience, event.text) == ("public", WORDS["text"])


@pytest.mark.parametrize("stage", ["work", "closed", "rejected"])
def test_what_nobody_published_is_not_there(agency: Agency, client: Client, stage: str) -> None:
    case = walk(agency, stage)
    assert client.get(f"/open/{case.reference}/").status_code == 404
    assert client.get("/open/26-7K3M9QE/").status_code == 404


def test_what_was_taken_out_of_publication_is_gone(agency, published, client: Client) -> None:
    do(published, "unpublish", agency.supervisor, reason="Permintaan pelapor.")
    assert client.get(f"/open/{published.reference}/").status_code == 404
    assert published.subject not in client.get("/open/").content.decode()
    do(published, "publish", agency.supervisor, **WORDS | {"subject": "Lain"})
    assert "Lain" in client.get("/open/").content.decode()


def test_what_was_restricted_since_is_published_no_longer(agency, published, client) -> None:
    agency.supervisor.memberships.update(handles_restricted=True)
    do(published, "restrict", agency.supervisor, reason="Menyangkut anak.")
    assert client.get(f"/open/{published.reference}/").status_code == 404
    assert WORDS["subject"] not in client.get("/open/").content.decode()


@pytest.mark.parametrize("way", ["restrict", "category"])
def test_lifting_a_restriction_publishes_nothing_again(agency, published, client, way) -> None:
    Membership.objects.filter(user__in=[agency.supervisor, agency.head]).update(
        handles_restricted=True
    )
    if way == "restrict":
        case = do(published, "restrict", agency.supervisor, reason="Menyangkut anak.")
    else:
        case = do(published, "recall", agency.officer)
        case = do(case, "return", agency.officer, reason="Kategori lain.")
        case = do(case, "accept", agency.head, category="graft", unit="water")
    case = do(case, "lift", agency.head, reason="Tidak lagi.")
    assert (case.restricted, case.publishing) == (False, Publishing.PRIVATE)
    assert client.get(f"/open/{case.reference}/").status_code == 404


@pytest.mark.parametrize("why", ["never", "restricted", "triage"])
def test_what_must_not_be_published_cannot_be(agency: Agency, why: str) -> None:
    agency.supervisor.memberships.update(handles_restricted=True)
    case = walk(agency, "triage" if why == "triage" else "work")
    change = {"never": {"publishing": Publishing.NEVER}, "restricted": {"restricted": True}}
    if why in change:
        Case.objects.filter(pk=case.pk).update(**change[why])
    with pytest.raises(Unlawful):
        do(Case.objects.get(pk=case.pk), "publish", agency.head, **WORDS)


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("text", "Hubungi saya di wulan@example.org saja."),
        ("text", "Telepon 0812 3456 7890 sewaktu-waktu."),
        ("answer", "NIK 3201010101010001 sudah dicatat."),
        ("subject", "Rumah Ibu Wulan"),
        ("subject", ""),
        ("redacted", ""),
    ],
)
def test_what_leads_to_a_person_is_refused_in_its_field(agency, client, field, words) -> None:
    case = walk(agency, "confirm")
    with pytest.raises(Invalid) as refusal:
        do(case, "publish", agency.supervisor, **WORDS | {field: words})
    assert list(refusal.value.errors) == [field]
    assert client.get(f"/open/{case.reference}/").status_code == 404


def test_an_error_tells_nobody_a_withheld_name(agency: Agency) -> None:
    case = walk(agency, "confirm", identity="withheld")
    do(case, "publish", agency.supervisor, **WORDS | {"subject": "Rumah Ibu Wulan"})


def test_the_public_list_goes_on_page_by_page(agency: Agency, client: Client) -> None:
    for number in range(51):
        words = WORDS | {"subject": f"No {number}."}
        do(walk(agency, "assign"), "publish", agency.supervisor, **words)
    first = client.get("/open/").content.decode()
    assert ("No 50." in first, "No 0." in first) == (True, False)
    (older,) = {part.split('"')[0] for part in first.split('href="?before=')[1:]}
    assert "No 0." in client.get("/open/", {"before": older}).content.decode()


def test_a_citizen_publishes_nothing(agency: Agency) -> None:
    case = walk(agency, "confirm")
    with pytest.raises(Exception, match="publish"):
        do(case, "publish", citizen(case), **WORDS)
