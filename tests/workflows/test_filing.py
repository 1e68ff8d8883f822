"""Filing: what a complaint becomes, once, and how long its secret is shown again."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError
from django.utils import timezone, translation

from accounts.models import Unit
from casework import references, sealing
from casework.models import Case, Category, Receipt, Service
from tests.agency import Agency, file_case
from workflows import filing, receipts, spoken
from workflows.errors import Invalid, Refused
from workflows.sweep import sweep

SAID = {
    "text": "Air mati empat hari. Kami membeli air galon.",
    "identity": "named",
    "name": "Wulan",
}
NOW = timezone.now()


def errors(said: dict[str, Any], **how: Any) -> set[str]:
    with pytest.raises(Invalid) as refused:
        filing.file(SAID | said, **how)
    assert not Case.objects.exists()
    return set(refused.value.errors)


def test_a_complaint_becomes_a_case_in_triage_of_the_unit_that_receives(agency: Agency):
    filed = filing.file(SAID, token="a-form")
    case = filed.case
    assert (case.stage, case.unit, case.channel, case.kind) == (
        "triage",
        agency.root,
        "web",
        "complaint",
    )
    assert (case.subject, case.filed_by, case.assignee) == ("Air mati empat hari", None, None)
    assert (case.last_words, case.last_words_at) == (SAID["text"], case.created_at)
    event = case.events.get()
    assert (event.kind, event.actor_kind, event.audience) == ("filed", "citizen", "public")
    assert (event.text, event.data, event.stage) == (SAID["text"], {"channel": "web"}, "triage")
    assert event.task == case.active_task
    assert event.task.flow_task.name == "triage"
    assert case.process.flow_class.instance.received.name == "received"


def test_the_secret_has_sixteen_digits_and_only_its_digest_is_kept(agency: Agency):
    filed = filing.file(SAID)
    assert filed.secret is not None
    assert len(filed.secret) == 16
    assert filed.secret.isdecimal()
    assert filed.secret not in str(Case.objects.values().get())
    assert sealing.same_secret(filed.secret, filed.case.secret_digest)
    assert not Receipt.objects.exists(), "without a token nothing is shown again"


def test_the_same_token_files_one_case_and_shows_the_same_secret_for_half_an_hour(
    agency: Agency,
):
    with time_machine.travel(NOW, tick=False):
        first = filing.file(SAID, token="a-form")
    for minutes, secret in ((29, first.secret), (31, None)):
        with time_machine.travel(NOW + timedelta(minutes=minutes), tick=False):
            again = filing.file(SAID | {"subject": " "}, token="a-form")
        assert (again.case, again.secret) == (first.case, secret)
    assert Case.objects.count() == 1


def test_a_secret_that_the_citizen_has_is_not_shown_again(agency: Agency):
    filed, other = filing.file(SAID, token="a-form"), filing.file(SAID, token="another")
    receipts.forget_secret("a-form")
    assert filing.file(SAID, token="a-form").secret is None
    assert filing.file(SAID, token="another").secret == other.secret
    assert Case.objects.count() == 2
    assert filed.case != other.case


def test_the_sweep_empties_the_receipts_whose_time_is_over_and_no_others(agency: Agency):
    with time_machine.travel(NOW, tick=False):
        filing.file(SAID, token="old")
    with time_machine.travel(NOW + timedelta(minutes=20), tick=False):
        filing.file(SAID, token="new")
    with time_machine.travel(NOW + timedelta(minutes=31), tick=False):
        sweep()
        assert receipts.forget_old_secrets() == 0, "what is empty is not written again"
    kept = Receipt.objects.order_by("created_at").values_list("sealed_secret", flat=True)
    assert [bool(sealed) for sealed in kept] == [False, True]


def test_a_token_with_another_content_is_refused_and_says_what_was_filed(agency: Agency):
    first = filing.file(SAID, token="a-form")
    for other in ({"text": f"{SAID['text']} Sudah sepekan."}, {"identity": "none"}):
        with pytest.raises(filing.KeyReused) as refused:
            filing.file(SAID | other, token="a-form")
        assert (refused.value.status, refused.value.earlier) == (422, first.case)
    assert Case.objects.count() == 1


def test_the_token_of_somebody_else_says_nothing_of_what_they_filed(agency: Agency):
    filing.file(SAID | {"channel": "counter"}, by=agency.officer, token="a-form")
    for by in (None, agency.intake):
        with pytest.raises(filing.KeyReused) as refused:
            filing.file(SAID | {"channel": "counter"}, by=by, token="a-form")
        assert refused.value.earlier is None


def test_a_program_says_itself_whether_it_is_the_same(agency: Agency):
    filing.file(SAID, token="a-form", body_digest="one")
    with pytest.raises(filing.KeyReused):
        filing.file(SAID, token="a-form", body_digest="two")
    assert filing.file(SAID, token="a-form", body_digest="one").case == Case.objects.get()


def test_a_contact_of_one_who_gives_no_name_makes_no_difference(agency: Agency):
    """It is not even in the digest that is kept: it could be guessed."""
    unnamed = {"text": SAID["text"], "identity": "none"}
    first = filing.file(unnamed, token="a-form")
    assert filing.file(unnamed | {"name": "Wulan"}, token="a-form").case == first.case


def test_a_reference_that_is_taken_is_drawn_anew(agency: Agency, monkeypatch: pytest.MonkeyPatch):
    taken = file_case().reference
    fresh = references.new_reference(timezone.now())
    drawn = [taken, taken, taken, taken, fresh]
    monkeypatch.setattr(filing, "new_reference", lambda at: drawn.pop(0))
    assert filing.file(SAID).case.reference == fresh


def test_after_five_taken_references_filing_fails_and_leaves_nothing(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
):
    taken = file_case().reference
    drawn: list[str] = []
    monkeypatch.setattr(filing, "new_reference", lambda at: drawn.append(taken) or taken)
    with pytest.raises(IntegrityError):
        filing.file(SAID, token="a-form")
    assert (len(drawn), Case.objects.count(), Receipt.objects.count()) == (5, 1, 0)


def test_the_counter_files_with_the_moment_and_the_channel_of_the_letter(agency: Agency):
    at = (timezone.now() - timedelta(days=3)).replace(microsecond=0)
    said = SAID | {"channel": "letter", "received_at": at.isoformat(), "kind": "aspiration"}
    case = filing.file(said, by=agency.officer).case
    assert (case.received_at, case.channel, case.kind) == (at, "letter", "aspiration")
    assert case.filed_by == agency.officer
    event = case.events.get()
    assert (event.actor_kind, event.actor) == ("staff", agency.officer)
    assert case.reference.startswith(f"{at:%y}-")


def test_what_the_counter_does_not_say_is_now_and_a_complaint(agency: Agency):
    with time_machine.travel(NOW, tick=False):
        case = filing.file(SAID | {"channel": "phone"}, by=agency.officer).case
    assert (case.received_at, case.kind) == (NOW, "complaint")


@pytest.mark.parametrize("channel", ["web", "import", "api", "", "pigeon"])
def test_the_counter_takes_what_comes_by_voice_or_paper(agency: Agency, channel: str):
    assert errors({"channel": channel}, by=agency.officer) == {"channel"}


def test_nothing_was_received_in_the_future(agency: Agency):
    later = (timezone.now() + timedelta(minutes=5)).isoformat()
    said = {"channel": "phone", "received_at": later}
    assert errors(said, by=agency.officer) == {"received_at"}


def test_a_day_to_come_is_no_day_on_which_it_happened_and_today_is(agency: Agency):
    today = timezone.localdate()
    tomorrow = (today + timedelta(days=1)).isoformat()
    assert errors({"occurred_on": tomorrow}) == {"occurred_on"}
    assert filing.file(SAID | {"occurred_on": today.isoformat()}).case.occurred_on == today


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"text": "Air mati"}, "text"),
        ({"text": ""}, "text"),
        ({"text": "a" * 20_001}, "text"),
        ({"name": ""}, "name"),
        ({"identity": ""}, "identity"),
        ({"identity": "nobody"}, "identity"),
        ({"email": "wulan"}, "email"),
        ({"phone": "12"}, "phone"),
        ({"phone": "nol delapan"}, "phone"),
        ({"lat": "-6.9"}, "lat"),
        ({"lon": "107.6"}, "lat"),
        ({"lat": "90.1", "lon": "0"}, "lat"),
        ({"lat": "-90.1", "lon": "0"}, "lat"),
        ({"lat": "0", "lon": "180.1"}, "lon"),
        ({"lat": "0", "lon": "-180.1"}, "lon"),
        ({"category": "unknown"}, "category"),
        ({"category": "old"}, "category"),
        ({"service": "old"}, "service"),
        ({"subject": "a" * 201}, "subject"),
    ],
)
def test_a_wrong_answer_is_named_and_files_nothing(
    agency: Agency, said: dict[str, str], field: str
):
    Category.objects.create(code="old", name="Lama", active=False)
    Service.objects.create(code="old", name="Lama", active=False)
    assert field in errors(said)


def test_all_that_is_said_is_kept(agency: Agency):
    said = {
        "subject": "Pompa",
        "service": "pdam",
        "category": "water",
        "address": "RT 03",
        "lat": "0",
        "lon": "0",
        "about": "Petugas loket",
        "phone": "+62 812-3456-7890",
        "email": "wulan@example.org",
    }
    case = filing.file(SAID | said).case
    assert (case.subject, case.service.code, case.category.code) == ("Pompa", "pdam", "water")
    assert (case.address, case.lat, case.lon, case.about) == ("RT 03", 0, 0, "Petugas loket")
    person = case.complainant
    assert (person.name, person.email, person.phone) == (
        "Wulan",
        "wulan@example.org",
        "+62 812-3456-7890",
    )
    assert person.phone_index == sealing.phone_index("081234567890")


def test_the_category_of_the_service_counts_where_none_was_chosen(agency: Agency):
    Service.objects.create(code="permits", name="Izin", category=agency.restricted)
    case = filing.file(SAID | {"service": "permits"}).case
    assert (case.category, case.restricted) == (agency.restricted, True)
    case = filing.file(SAID | {"service": "permits", "category": "water"}).case
    assert (case.category, case.restricted) == (agency.plain, False)


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_citizen_is_written_to_in_the_language_they_filed_in(agency: Agency, language: str):
    with translation.override(language):
        assert filing.file(SAID).case.complainant.language == language


def test_without_a_unit_that_receives_nothing_is_filed(agency: Agency):
    Unit.objects.filter(pk=agency.root.pk).update(active=False)
    assert errors({}) == {"text"}


def test_of_two_units_that_receive_the_first_does(agency: Agency):
    Unit.objects.filter(pk=agency.water.pk).update(receives=True)
    Unit.objects.filter(pk=agency.root.pk).update(receives=True)
    assert filing.file(SAID).case.unit == agency.root


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Air mati. Empat hari.", "Air mati"),
        ("Kapan air hidup? Empat hari.", "Kapan air hidup"),
        ("Tolong! Air mati.", "Tolong"),
        ("Air\n\nmati   lagi", "Air mati lagi"),
        ("a" * 80, "a" * 80),
        ("kata " * 20, ("kata " * 16).strip() + "…"),
    ],
)
def test_the_first_sentence_is_the_subject(text: str, subject: str):
    assert spoken.subject_of(text) == subject


def test_half_a_letter_is_refused_and_names_its_field(agency: Agency):
    with pytest.raises(Refused) as refused:
        filing.file(SAID | {"text": "Air mati \ud800 empat hari"})
    assert set(refused.value.errors) == {"text"}
