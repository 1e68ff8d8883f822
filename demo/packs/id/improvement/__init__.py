"""What Sukamaju's cases taught, and what came of it."""

from demo.improving.terms import Alike, Decided, Improvement
from demo.packs.id.improvement.others import CHANNELLED, COMING, LACKING, RUNNING, STOPPED
from demo.packs.id.improvement.report import CONCERNS, NEXT_STEPS, SUMMARY
from demo.packs.id.improvement.water import WATER
from improvement.models import Judged

IMPROVEMENT = Improvement(
    plans=(WATER, CHANNELLED, STOPPED, RUNNING, COMING, LACKING),
    decided=(
        Decided("noticed", "air-bersih", Judged.ACCEPTED),
        Decided(
            *("storm", "penerangan", Judged.DISMISSED),
            "Angin puting beliung merobohkan tiang di tiga desa pada pekan yang sama. Semua tiang "
            "sudah berdiri lagi; tidak ada masalah yang menetap.",
        ),
        Decided(
            *("watched", "puskesmas", Judged.WATCHED),
            "Gudang farmasi menjanjikan pengiriman bulan ini. Kami lihat apakah jumlahnya turun.",
        ),
    ),
    alike=Alike(
        "persampahan",
        (
            "Truk sampah meneteskan air lindi sepanjang Jalan Raya Cempaka. Baunya sampai ke "
            "ruang kelas SDN 4.",
            "Air lindi dari truk sampah menetes sepanjang Jalan Raya Cempaka, baunya sampai ruang "
            "kelas SDN 4.",
            "Truk sampah lagi-lagi meneteskan air lindi sepanjang Jalan Raya Cempaka. Jalan jadi "
            "licin.",
            "Mohon ditindak: truk sampah meneteskan air lindi sepanjang Jalan Raya Cempaka setiap "
            "pagi.",
        ),
    ),
    concerns=CONCERNS,
    summary=SUMMARY,
    next_steps=NEXT_STEPS,
    monthly="kesehatan",
)
