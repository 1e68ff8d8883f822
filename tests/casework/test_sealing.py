"""Contacts are stored sealed, found by digests, and never kept of people without identity."""

from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.db import IntegrityError, transaction

from casework import sealing
from casework.models import Complainant

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


def test_what_an_old_key_sealed_is_read_after_the_keys_are_rotated(settings: Any) -> None:
    settings.CONTACT_KEYS = [OLD]
    before = sealing.seal("wulan@example.org")
    settings.CONTACT_KEYS = [NEW, OLD]
    after = sealing.seal("wulan@example.org")
    assert sealing.unseal(before) == sealing.unseal(after) == "wulan@example.org"
    settings.CONTACT_KEYS = [NEW]
    assert sealing.unseal(after) == "wulan@example.org"
    with pytest.raises(sealing.Unreadable):
        sealing.unseal(before)


def test_the_same_words_are_never_sealed_alike() -> None:
    assert sealing.seal("Wulan") != sealing.seal("Wulan")
    assert sealing.unseal(sealing.seal("")) == sealing.seal("") == ""


@pytest.mark.parametrize("phone", ["+62 812-3456-7890", "62812 3456 7890", "(0812) 3456.7890"])
def test_a_phone_number_is_found_with_and_without_the_code_of_the_country(phone: str) -> None:
    assert sealing.phone_index(phone) == sealing.phone_index("081234567890") != ""


def test_an_email_address_is_found_in_any_case() -> None:
    assert sealing.email_index(" Wulan@Example.ORG ") == sealing.email_index("wulan@example.org")
    assert sealing.email_index(" ") == sealing.phone_index("-") == ""


def test_the_digests_of_two_purposes_differ() -> None:
    assert sealing.digest("email", "x") != sealing.digest("phone", "x")


def test_a_secret_is_known_however_it_is_grouped() -> None:
    secret = sealing.new_secret()
    grouped = " ".join(secret[n : n + 4] for n in range(0, 16, 4))
    assert sealing.same_secret(grouped, sealing.secret_digest(secret))
    assert not sealing.same_secret(secret[::-1] + "1", sealing.secret_digest(secret))


def test_nothing_is_kept_of_a_person_without_identity() -> None:
    person = Complainant.sealed("none", "id", name="W", email="w@example.org", phone="0812345678")
    assert (person.name, person.email, person.phone) == ("", "", "")
    assert (person.email_index, person.phone_index) == ("", "")


FIELDS = ("sealed_name", "sealed_email", "sealed_phone", "email_index", "phone_index")


@pytest.mark.django_db
@pytest.mark.parametrize("field", FIELDS)
def test_the_database_itself_refuses_contacts_of_a_person_without_identity(field: str) -> None:
    with pytest.raises(IntegrityError, match="no_identity_keeps_no_contact"), transaction.atomic():
        Complainant.objects.create(identity="none", **{field: "x"})


@pytest.mark.django_db
def test_contacts_are_unreadable_in_the_database() -> None:
    person = Complainant.sealed("named", "id", name="Wulan", email="wulan@example.org")
    person.save()
    stored = Complainant.objects.filter(pk=person.pk).values().get()
    assert "wulan" not in str(stored).lower()
    assert Complainant.objects.get(pk=person.pk).name == "Wulan"
