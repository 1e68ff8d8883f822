"""Kabupaten Sukamaju: an invented regency, its units, people, categories and services."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password

from accounts.backends import DEMO_PASSWORD
from accounts.models import Membership, Unit, User
from accounts.rights import Role
from casework import causes
from casework.models import Category, Service

UNITS = {
    "sukamaju": ("Kabupaten Sukamaju", None),
    "layanan-dasar": ("Layanan Dasar", "sukamaju"),
    "kesehatan": ("Dinas Kesehatan", "sukamaju"),
    "kependudukan": ("Dinas Kependudukan", "sukamaju"),
    "inspektorat": ("Inspektorat Daerah", "sukamaju"),
}
#: Complaints about staff are checked there.
INDEPENDENT = "inspektorat"

HELP = "Loket Pengaduan, Jl. Merdeka 1, Sukamaju. Senin sampai Jumat, 08.00 sampai 15.00"
PHONE = "0265 555 0123"

#: username → first name, last name, roles in units
PEOPLE: dict[str, tuple[str, str, list[tuple[str, str]]]] = {
    "intake": ("Dewi", "Anggraini", [(Role.INTAKE, "sukamaju")]),
    "officer": ("Sari", "Lestari", [(Role.OFFICER, "layanan-dasar"), (Role.OFFICER, "kesehatan")]),
    "officer2": (
        "Bayu",
        "Prakoso",
        [(Role.OFFICER, u) for u in ("layanan-dasar", "kesehatan", "kependudukan")],
    ),
    "supervisor": ("Rina", "Maheswari", [(Role.SUPERVISOR, "sukamaju")]),
    "head": ("Hadi", "Wibowo", [(Role.SUPERVISOR, "sukamaju")]),
    "inspector": (
        "Ratna",
        "Hidayat",
        [(Role.INTAKE, "inspektorat"), (Role.OFFICER, "inspektorat")],
    ),
    "quality": ("Laras", "Wulandari", [(Role.QUALITY, "sukamaju")]),
    "auditor": ("Agus", "Santoso", [(Role.AUDITOR, "sukamaju")]),
    "admin": ("Nia", "Kurniawan", [(Role.ADMINISTRATOR, "sukamaju")]),
}
CLEARED = ("supervisor", "head", "intake", "inspector")

#: code → Indonesian, English, unit, review needed, restricted
CATEGORIES = {
    "air-bersih": ("Air bersih", "Clean water", "layanan-dasar", True, False),
    "persampahan": ("Persampahan", "Waste", "layanan-dasar", False, False),
    "jalan": ("Jalan dan trotoar", "Roads and pavements", "layanan-dasar", False, False),
    "penerangan": ("Penerangan jalan", "Street lighting", "layanan-dasar", False, False),
    "puskesmas": ("Pelayanan Puskesmas", "Health centres", "kesehatan", True, False),
    "ktp-akta": ("KTP dan akta", "Identity papers", "kependudukan", False, False),
    "pungli": ("Pungutan liar", "Illegal fees", "sukamaju", True, True),
}
#: In these, an answer says what it came from.
CAUSES_NEEDED = ("air-bersih", "puskesmas")
SERVICES = {
    "pdam": ("Sambungan air PDAM", "Water supply", "air-bersih"),
    "angkut-sampah": ("Pengangkutan sampah", "Waste collection", "persampahan"),
    "jalan-umum": ("Perawatan jalan", "Road maintenance", "jalan"),
    "lampu-jalan": ("Lampu jalan", "Street lamps", "penerangan"),
    "rawat-jalan": ("Rawat jalan Puskesmas", "Outpatient care", "puskesmas"),
    "dukcapil": ("KTP, KK, akta", "Identity papers", "ktp-akta"),
}


def build() -> None:
    """Create everything that cases need."""
    causes.install()
    units = _units()
    _people(units)
    for code, (name, name_en, unit, review, restricted) in CATEGORIES.items():
        Category.objects.create(
            code=code,
            name=name,
            name_en=name_en,
            default_unit=units[unit],
            review_needed=review,
            restricted=restricted,
            cause_needed=code in CAUSES_NEEDED,
        )
    for code, (name, name_en, category) in SERVICES.items():
        found = Category.objects.get(code=category)
        Service.objects.create(
            code=code, name=name, name_en=name_en, category=found, unit=found.default_unit
        )


def _units() -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for code, (name, parent) in UNITS.items():
        above = units[parent] if parent else None
        units[code] = Unit.objects.create(
            code=code,
            name=name,
            parent=above,
            receives=parent is None,
            independent=code == INDEPENDENT,
        )
    Unit.objects.filter(parent=None).update(help_text=HELP, phone=PHONE)
    return units


def _people(units: dict[str, Unit]) -> None:
    password = make_password(DEMO_PASSWORD)
    for username, (first, last, roles) in PEOPLE.items():
        person = User.objects.create(
            username=username,
            first_name=first,
            last_name=last,
            email=f"{username}@sukamaju.example",
            password=password,
            is_staff=username == "admin",
        )
        for role, unit in roles:
            Membership.objects.create(
                user=person,
                unit=units[unit],
                role=role,
                handles_restricted=username in CLEARED,
                identity_officer=username == "head",
            )
