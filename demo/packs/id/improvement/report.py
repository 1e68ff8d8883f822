"""Concerns of Sukamaju's staff, and the words of its report."""

from demo.improving.terms import NewConcern

CONCERNS = (
    NewConcern(
        "layanan-dasar",
        "Regu reaksi cepat diambil dari bagian jaringan. Siapa yang mengerjakan pemeliharaan "
        "rutin?",
        days_before=75,
        answer=(
            "Pemeliharaan rutin kami jadwalkan ulang pada Selasa dan Kamis, dan dua tenaga kontrak "
            "ditambahkan mulai bulan depan. Bila masih kurang, sampaikan lagi."
        ),
        answered_after=6,
    ),
    NewConcern(
        "layanan-dasar",
        "Tenggat dibacakan di depan semua orang. Apakah nanti dipakai untuk menilai kami satu per "
        "satu?",
        days_before=58,
        answer=(
            "Tidak. Yang dibaca adalah nomor kasus dan tenggatnya, tanpa nama petugas. Sistem ini "
            "tidak membuat angka per orang."
        ),
        answered_after=3,
    ),
    NewConcern(
        "layanan-dasar",
        "Sepeda motor dinas hanya dua, dan bensin sering kami talangi sendiri.",
        days_before=40,
        name="Yudi, bagian jaringan",
        answer=(
            "Benar, dan itu tidak boleh terjadi. Kartu bensin sudah dibagikan kepada kedua regu; "
            "talangan yang lalu diganti dengan kuitansi."
        ),
        answered_after=9,
    ),
    NewConcern(
        "kesehatan",
        "Menjawab pengaduan dalam tiga hari sulit bila dokter hanya datang dua kali sepekan.",
        days_before=21,
        answer=(
            "Untuk Puskesmas tanpa dokter tetap, batasnya lima hari kerja. Itu sudah ditulis dalam "
            "rancangan rencana."
        ),
        answered_after=12,
    ),
)

SUMMARY = (
    "Pada triwulan ini Layanan Dasar menyelesaikan rencana pertamanya. Pengaduan kini jauh lebih "
    "sering dijawab sebelum tenggat, dan menurut kaidah yang ditetapkan sebelum mulai, perubahan "
    "itu nyata. Yang membuatnya berhasil bukan alat baru, melainkan regu dengan suku cadang "
    "sendiri dan rapat singkat setiap pagi.\n\n"
    "Tidak semua berhasil. Patroli lampu oleh relawan RT dihentikan karena keselamatan relawan "
    "tidak dapat dijamin. Tentang mobil layanan KTP belum dapat dikatakan apa-apa, karena "
    "pada waktu yang sama warga mulai melapor lewat WhatsApp."
)

NEXT_STEPS = (
    "Regu reaksi cepat ditetapkan sebagai tugas tetap dan masuk anggaran tahun depan.\n"
    "Dinas Kesehatan memakai cara yang sama, dengan penanggung jawab pengaduan di setiap "
    "Puskesmas.\n"
    "Capaian Layanan Dasar dilihat lagi setelah tiga, enam, dan dua belas bulan."
)
