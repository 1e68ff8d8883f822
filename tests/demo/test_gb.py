"""The English city speaks English: nobody who looks around it reads a word of Indonesian."""

import re
from collections.abc import Iterator

import polib
import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from accounts.models import Unit, User
from casework.links import link_for
from casework.models import Case
from demo.packs.gb import GB
from improvement.models import Plan, Report, Theme
from tests.demo.cities import NOW, told_in
from tests.demo.reading import read_all
from workflows.models import Clock, ClockEntry, Metric

#: Words of almost every Indonesian sentence, of none in English, and of no English name.
FREQUENT = frozenset(
    re.findall(
        r"\w+",
        """
        yang dan di untuk dengan tidak dari pada ini itu akan adalah atau oleh dalam sudah belum
        bisa dapat harus kami anda saya mereka kepada karena juga lebih tanpa setiap hari bulan
        tahun pengaduan kasus tenggat petugas penyelia laporan jawaban warga layanan pelapor rencana
        perbaikan tindak lanjut keterangan kirim simpan batal kembali masuk keluar cari semua baru
        nama alamat surel bahasa pelatihan peraturan kabupaten loket dinas terima kasih mohon
        """,
    )
)
#: Abbreviations of Indonesian regulations, and its hours.
ABBREVIATED = {"IKM", "SKM", "JP", "WIB", "WITA", "WIT", "SP4N", "Permenpan"}
FILLED = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|<[^>]+>|\n")


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[None]:
    with django_db_blocker.unblock(), told_in(tmp_path_factory.mktemp("gb"), "--country", "gb"):
        yield


@pytest.fixture(scope="module")
def said(city: None, django_db_blocker) -> dict[str, str]:
    """All that its pages say, and where, to the public and to each of its demo users."""
    found: dict[str, str] = {}
    for username in ("", *(person.username for person in GB.agency.people)):
        # What a browser asks for, and what it remembers of other days, is Indonesian.
        client = Client(headers={"accept-language": "id"}, raise_request_exception=False)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "id"
        if username:
            client.force_login(User.objects.get(username=username))
        for address, words in read_all(client, starts(username)).items():
            for each in words:
                found.setdefault(each, f"{username} {address}")
    return found


def starts(username: str) -> list[str]:
    """Where looking around begins; some open all that the story has."""
    faces = ["/", "/track/", "/complain/", "/desk/", "/improve/", "/reports/", "/admin/"]
    return faces + (of_the_story() if username in ("", "head", "quality") else [])


def of_the_story() -> list[str]:
    """What citizens follow, and every plan, theme and report."""
    shown = Case.objects.filter(source="").order_by("pk")[:6]
    return [
        *(f"/c/{link_for(case)}/" for case in shown),
        *(f"/desk/cases/{case.reference}/" for case in shown),
        *(f"/improve/plans/{plan.code}/" for plan in Plan.objects.all()),
        *(f"/improve/themes/{theme.pk}/" for theme in Theme.objects.all()),
        *(f"/reports/{report.pk}/" for report in Report.objects.all()),
    ]


pytestmark = pytest.mark.django_db


def test_no_page_has_an_indonesian_word(said: dict[str, str]) -> None:
    assert len(said) > 2000
    found = {
        (word, where)
        for words, where in said.items()
        for word in re.findall(r"\w+", words)
        if word.lower() in FREQUENT or word in ABBREVIATED
    }
    assert not found


def test_no_page_has_a_sentence_of_the_indonesian_catalogue(said: dict[str, str]) -> None:
    every = "\n".join(said)
    catalogue = polib.pofile(settings.BASE_DIR / "locale/id/LC_MESSAGES/django.po")
    sentences = {
        " ".join(part.split())
        for entry in catalogue
        for words in (entry.msgstr, *entry.msgstr_plural.values())
        if words != entry.msgid
        for part in FILLED.split(words)
    }
    assert not [part for part in sentences if len(part.split()) > 3 and part in every]


def test_its_people_and_its_complainants_are_spoken_to_in_english(city: None) -> None:
    cache.clear()
    assert set(User.objects.values_list("language", "time_zone")) == {("en", "Europe/London")}
    assert set(Case.objects.values_list("complainant__language", flat=True)) == {"en"}
    assert set(Unit.objects.values_list("time_zone", flat=True)) == {"Europe/London"}


def test_its_first_plan_improved_by_the_same_rule_and_is_paid_in_pounds(city: None) -> None:
    first = Plan.objects.order_by("pk").first()
    assert first.verdict.word == "improved"
    assert first.approved.currency == "GBP"


def test_its_answers_are_due_by_the_code_of_the_ombudsman(city: None) -> None:
    late = Clock.objects.filter(metric=Metric.RESOLUTION, case__source=GB.year.source)
    share = late.filter(breached_at__isnull=False).count() / late.count()
    assert 0.1 < share < 0.35
    assert not ClockEntry.objects.filter(at__gt=NOW).exists()
