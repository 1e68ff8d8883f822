"""Kabupaten Sukamaju: an invented regency, its units, people, categories and services."""

from accounts.rights import Role
from demo.pack import Agency, NewCategory, NewPerson, NewService, NewUnit, Standards

_OFFICES = ("layanan-dasar", "kesehatan", "kependudukan")

AGENCY = Agency(
    language="id",
    zone="Asia/Jakarta",
    domain="sukamaju.example",
    help_text="Loket Pengaduan, Jl. Merdeka 1, Sukamaju. Senin sampai Jumat, 08.00 sampai 15.00",
    phone="0265 555 0123",
    units=(
        NewUnit("sukamaju", "Kabupaten Sukamaju", None),
        NewUnit("layanan-dasar", "Layanan Dasar", "sukamaju"),
        NewUnit("kesehatan", "Dinas Kesehatan", "sukamaju"),
        NewUnit("kependudukan", "Dinas Kependudukan", "sukamaju"),
        NewUnit("inspektorat", "Inspektorat Daerah", "sukamaju", independent=True),
    ),
    people=(
        NewPerson(
            "intake", "Dewi", "Anggraini", [(Role.INTAKE, "sukamaju")], handles_restricted=True
        ),
        NewPerson("officer", "Sari", "Lestari", [(Role.OFFICER, unit) for unit in _OFFICES[:2]]),
        NewPerson("officer2", "Bayu", "Prakoso", [(Role.OFFICER, unit) for unit in _OFFICES]),
        NewPerson(
            *("supervisor", "Rina", "Maheswari"),
            [(Role.SUPERVISOR, "sukamaju")],
            handles_restricted=True,
        ),
        NewPerson(
            *("head", "Hadi", "Wibowo"),
            [(Role.SUPERVISOR, "sukamaju")],
            handles_restricted=True,
            identity_officer=True,
        ),
        NewPerson(
            *("inspector", "Ratna", "Hidayat"),
            [(Role.INTAKE, "inspektorat"), (Role.OFFICER, "inspektorat")],
            handles_restricted=True,
        ),
        NewPerson("quality", "Laras", "Wulandari", [(Role.QUALITY, "sukamaju")]),
        NewPerson("leader", "Surya", "Adinata", [(Role.LEADER, "sukamaju")]),
        NewPerson("auditor", "Agus", "Santoso", [(Role.AUDITOR, "sukamaju")]),
        NewPerson("admin", "Nia", "Kurniawan", [(Role.ADMINISTRATOR, "sukamaju")]),
    ),
    categories=(
        NewCategory(
            "air-bersih", "Air bersih", "Clean water", "layanan-dasar", True, cause_needed=True
        ),
        NewCategory("persampahan", "Persampahan", "Waste", "layanan-dasar"),
        NewCategory("jalan", "Jalan dan trotoar", "Roads and pavements", "layanan-dasar"),
        NewCategory("penerangan", "Penerangan jalan", "Street lighting", "layanan-dasar"),
        NewCategory(
            "puskesmas",
            "Pelayanan Puskesmas",
            "Health centres",
            "kesehatan",
            True,
            cause_needed=True,
        ),
        NewCategory("ktp-akta", "KTP dan akta", "Identity papers", "kependudukan"),
        NewCategory("pungli", "Pungutan liar", "Illegal fees", "sukamaju", True, True),
    ),
    services=(
        NewService("pdam", "Sambungan air PDAM", "Water supply", "air-bersih"),
        NewService("angkut-sampah", "Pengangkutan sampah", "Waste collection", "persampahan"),
        NewService("jalan-umum", "Perawatan jalan", "Road maintenance", "jalan"),
        NewService("lampu-jalan", "Lampu jalan", "Street lamps", "penerangan"),
        NewService("rawat-jalan", "Rawat jalan Puskesmas", "Outpatient care", "puskesmas"),
        NewService("dukcapil", "KTP, KK, akta", "Identity papers", "ktp-akta"),
    ),
    standards=Standards("id-sp4n", news_after=5, extension=5),
)
