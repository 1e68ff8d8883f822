"""Cases whose due dates stand in every way at one moment: Tuesday noon, 24 November 2026."""

from casework.models import Case
from tests.agency import Agency, citizen, do, file_case
from tests.clockwork import on, policy, rule, target
from tests.ledgers import noted, promised

NOON = "2026-11-24 12:36"
_TARGETS = {
    "acknowledgement": target(3),
    "first_response": target(5),
    "resolution": target(14, extension=10),
    "next_update": target(4, starts_on="replied"),
}


def in_work(agency: Agency, when: str, text: str = "Air mati empat hari di RT 03.") -> Case:
    with on(when):
        case = do(file_case(text=text), "accept", agency.intake, category="water", unit="water")
        return do(case, "assigned", agency.supervisor, assignee="officer")


def owing(agency: Agency) -> dict[str, Case]:
    """Each by how it stands."""
    policy(rule("all", _TARGETS))
    soon = in_work(agency, "2026-11-12 08:14", "Air PDAM mati empat hari di RT 03 Karangsari.")
    with on("2026-11-16 10:05"):
        soon = do(soon, "ask", agency.officer, text="Berapa rumah yang terdampak?")
    with on("2026-11-17 14:20"):
        soon = do(soon, "answered", citizen(soon), text="Sekitar 40 rumah.")
    with on("2026-11-18 09:41"):
        soon = do(soon, "message", agency.officer, text="Teknisi memeriksa pompa hari ini.")
    held = in_work(agency, "2026-11-10 09:00", "Tiang listrik miring di Gang Melati.")
    with on("2026-11-16 10:05"):
        held = do(held, "hold", agency.officer, reason="Menunggu PLN", until="2026-11-30")
    late = in_work(agency, "2026-11-02 09:00", "Sampah pasar menumpuk sampai ke jalan.")
    noted(late, "resolution", "extended", "2026-11-23 09:00", amount=10, by=agency.supervisor.pk)
    return {
        "soon": soon,
        "held": held,
        "late": late,
        "calm": in_work(agency, "2026-11-23 09:00", "Lampu jalan mati di depan sekolah."),
        "put right": put_right(agency),
    }


def put_right(agency: Agency) -> Case:
    """Answered, disputed, answered again, confirmed; something promised is still to be done."""
    case = in_work(agency, "2026-11-03 09:00", "Pompa rusak di Karangsari.")
    with on("2026-11-05 10:00"):
        case = do(case, "respond", agency.officer, text="Pompa sudah diganti.")
    with on("2026-11-06 10:00"):
        case = do(case, "dispute", citizen(case), reason="Masih keruh.")
        case = do(case, "assigned", agency.supervisor, assignee="officer2")
    with on("2026-11-20 10:00"):
        case = do(case, "respond", agency.officer2, text="Pompa cadangan dipasang nanti.")
        promised(case, "2026-11-20 10:00", "2026-12-16 16:00")
    with on("2026-11-23 10:00"):
        case.refresh_from_db()
        return do(case, "confirm", citizen(case))
