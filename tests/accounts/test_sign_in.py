"""Signing in, as the page says it."""

import pytest
from django.test import Client

from tests.agency import Agency

SAID = {
    "en": "User name or password is wrong. Mind capital letters.",
    "id": "Nama pengguna atau kata sandi salah. Perhatikan huruf besar dan kecil.",
}


@pytest.mark.parametrize("name", ["officer", "nobody"])
@pytest.mark.parametrize("language", SAID)
def test_what_was_wrong_is_not_named(agency: Agency, language: str, name: str) -> None:
    client = Client(headers={"accept-language": language})
    answer = client.post("/accounts/login/", {"username": name, "password": "salah"})
    assert SAID[language] in answer.content.decode()
