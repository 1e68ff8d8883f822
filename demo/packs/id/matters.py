"""What people of Sukamaju complain about."""

from demo.packs.id.streets import LIGHTS, ROADS
from demo.packs.id.water import WASTE, WATER
from demo.year.terms import Ending, Matter, Problem

CLINIC = Matter(
    category="puskesmas",
    service="rawat-jalan",
    a_week=5,
    in_ramadan=0.8,
    by_month={1: 1.25, 2: 1.2},
    problems=(
        Problem(
            "staffing no-fault",
            "[Antre|Pendaftaran|Panggilan nomor|Loket depan] [tiga jam|lambat sekali|tidak "
            "bergerak|kacau] di Puskesmas {place}",
            "Lansia banyak yang pulang|Anak saya demam tinggi|Hanya satu loket yang buka|Kursinya "
            "pun tidak cukup|Sejak subuh sudah di sana",
        ),
        Problem(
            "supplies",
            "[Obat darah tinggi|Insulin|Obat TBC|Salep anak|Vitamin ibu hamil|Antibiotik] "
            "[kosong|habis|dijatah|belum dikirim|tidak ada], Puskesmas {place}",
            "Disuruh beli sendiri di apotek|Petugas tidak tahu kapan ada|Ibu saya tiga hari tanpa "
            "obat|Resepnya dikembalikan|Dijanjikan lewat telepon|Uang kami tidak cukup",
        ),
        Problem(
            "not-informed staffing",
            "[Loket rujukan tutup|Surat rujukan ditolak|Rujukan ditunda], {place}",
            "Rumah sakit menolak tanpa itu|Belum pukul sebelas|Kami sudah menyewa mobil",
        ),
        Problem(
            "not-informed staffing",
            "[Dokter gigi tidak ada|Dokter pulang lebih awal|Poli tutup mendadak], {place}",
            "Tidak ada papan pengumuman|Pipi anak saya bengkak|Disuruh kembali lusa",
        ),
        Problem(
            "supplies",
            "[Vaksin|Imunisasi campak|Jadwal posyandu|Suntikan BCG] [habis|batal|ditunda|tidak "
            "dibawa] di {place}",
            "Bayi kami sudah lewat jadwal|Kader juga bingung|Ibu-ibu terlanjur berkumpul|Bidan "
            "menyuruh pulang|Katanya lemari pendingin rusak",
        ),
        Problem(
            "discourteous",
            "[Perawat membentak|Petugas berkata kasar|Dilayani dengan ketus], {place}",
            "Ibu saya menangis|Kami hanya bertanya jadwal|Pasien lain ikut mendengar",
        ),
        Problem(
            "staffing",
            "[Ambulans tidak datang|Nomor ambulans mati|Ambulans menolak berangkat] ke {place}",
            "Akhirnya naik bak terbuka|Suami saya sesak napas|Katanya solar habis",
        ),
        Problem(
            "systems",
            "[Antrean daring gagal|Nomor BPJS ditolak sistem|Aplikasi berobat macet], {place}",
            "Di loket pun ditolak|Orang tua tidak punya ponsel|Kartu kami aktif",
        ),
    ),
    details=(
        "Nomor antrean saya {n}.",
        "[Suami|Istri|Kakak] saya {name} mengalami hal yang sama.",
        "Catatan ada pada [{name}|ketua RT|kader].",
        "Saya menunggu {n} menit.",
        "Saya datang bersama {name}.",
        "[Ini kedatangan|Sudah] ke-{small} kali.",
        "Yang melayani di loket {small}.",
        "Saya tunggu sampai pukul {small} lewat.",
    ),
    endings=(
        Ending(
            *(28, "staffing", "upheld", "process_changed"),
            "Kami mohon maaf. Petugas loket hanya dua orang pada hari itu. Mulai pekan depan loket "
            "ketiga dibuka pada jam ramai.",
        ),
        Ending(
            *(24, "supplies", "upheld", "repaired"),
            "Stok sudah datang dari gudang farmasi dan dapat diambil. Pasien yang terdaftar kami "
            "hubungi satu per satu.",
        ),
        Ending(
            *(16, "not-informed", "partly_upheld", "explained"),
            "Jam pelayanan memang berubah dan belum kami umumkan dengan baik. Papan jadwal sudah "
            "kami pasang di pintu masuk.",
        ),
        Ending(
            *(12, "discourteous", "upheld", "apology"),
            "Kami menyampaikan maaf kepada Ibu dan keluarga. Petugas yang bersangkutan sudah kami "
            "bina, dan kepala Puskesmas siap bertemu.",
        ),
        Ending(
            *(12, "systems", "upheld", "repaired"),
            "Gangguan jaringan sudah diperbaiki. Bila terulang, pendaftaran tetap kami layani "
            "secara manual.",
        ),
        Ending(
            *(8, "no-fault", "not_upheld", "explained"),
            "Setelah kami periksa, urutan panggilan sesuai tingkat kegawatan pasien. Penjelasannya "
            "kami lampirkan.",
        ),
    ),
)

PAPERS = Matter(
    category="ktp-akta",
    service="dukcapil",
    a_week=5.5,
    in_ramadan=0.85,
    by_month={6: 1.3, 7: 1.4},
    problems=(
        Problem(
            "supplies coordination",
            "[KTP|Kartu identitas|E-KTP|KTP anak saya] [belum jadi|tak kunjung dicetak|masih surat "
            "sementara|tertahan di dinas|belum bisa diambil], {place}",
            "Lamaran kerja saya batal|Bank menolak surat itu|Katanya tunggu saja|Tiket kereta "
            "tidak bisa dipesan|Sudah lewat tanggal janji|Rekamannya sejak tahun lalu",
        ),
        Problem(
            "careless",
            "[Nama|Tanggal lahir|Nama ayah|Gelar] [salah cetak|keliru|tertukar] di [akta|akta "
            "kelahiran|kutipan], {place}",
            "Anak saya mendaftar sekolah pekan depan|Disuruh ke pengadilan|Padahal berkasnya "
            "benar|Sudah dua kali diperbaiki|Paspor jadi tertunda",
        ),
        Problem(
            "supplies",
            "[Blangko|Bahan kartu|Tinta cetak|Keping kosong] [habis|belum datang|kurang|hanya "
            "untuk pemohon lama], {place}",
            "Ongkos ojek tidak sedikit|Tanpa kepastian tanggal|Tetangga malah sudah jadi|Disuruh "
            "datang tiap Senin|Anak saya perlu untuk ujian|Petugas hanya mengangkat bahu",
        ),
        Problem(
            "coordination careless",
            "[Berkas|Map|Formulir pindah|Surat kelahiran] [hilang|tidak ditemukan|tercecer|salah "
            "taruh], {place}",
            "Tanda terimanya ada pada saya|Disuruh mengurus dari awal|Surat aslinya di dalam|Dua "
            "loket saling menunjuk",
        ),
        Problem(
            "systems unclear-rules",
            "[Nomor antrean habis|Kuota tutup pukul delapan|Antrean dibagi sejak subuh], {place}",
            "Saya sudah izin kerja|Ada yang menjual nomor|Kami pulang dengan tangan kosong",
        ),
        Problem(
            "unclear-rules no-fault",
            "[Diminta surat tambahan|Syarat tidak sesuai daftar|Syarat berubah di loket], {place}",
            "Di laman tidak tertulis|Kelurahan pun tidak tahu|Tiap petugas berbeda jawaban",
        ),
        Problem(
            "careless systems",
            "[KK|Kartu keluarga|Data keluarga] [memuat orang lain|tertukar|ganda|belum "
            "diperbarui], {place}",
            "Bansos kami tertahan|Anak tidak terdaftar BPJS|Sudah lapor lewat RT|Nama mertua malah "
            "hilang",
        ),
        Problem(
            "coordination systems",
            "[Perekaman keliling batal|Mobil keliling tidak datang|Jadwal keliling kosong] di "
            "{place}",
            "Lansia menunggu di balai desa|Tidak ada kabar ke kepala dusun|Kami menunggu sampai "
            "sore",
        ),
    ),
    details=(
        "Nomor antrean saya {n}.",
        "[Suami|Istri|Kakak] saya {name} mengalami hal yang sama.",
        "Catatan ada pada [{name}|ketua RT|kader].",
        "Saya menunggu {n} menit.",
        "Saya datang bersama {name}.",
        "[Ini kedatangan|Sudah] ke-{small} kali.",
        "Yang melayani di loket {small}.",
        "Saya tunggu sampai pukul {small} lewat.",
    ),
    endings=(
        Ending(
            *(30, "supplies", "upheld", "repaired"),
            "Blangko sudah kami terima dari provinsi. Dokumen Anda dicetak dan dapat diambil di "
            "loket 2 dengan menunjukkan tanda terima.",
        ),
        Ending(
            *(22, "careless", "upheld", "repaired"),
            "Kesalahan ada pada kami. Dokumen yang benar sudah dicetak ulang tanpa biaya.",
        ),
        Ending(
            *(16, "unclear-rules", "partly_upheld", "process_changed"),
            "Daftar syarat di laman kami memang belum lengkap. Daftar yang baru sudah terpasang di "
            "loket dan di laman.",
        ),
        Ending(
            *(14, "systems", "upheld", "repaired"),
            "Aplikasi sudah diperbarui. Bila masih gagal, unggahan dapat dibantu petugas di loket.",
        ),
        Ending(
            *(10, "coordination", "upheld", "repaired"),
            "Berkas tertahan di kecamatan. Kini sudah kami terima dan kami selesaikan.",
        ),
        Ending(
            *(8, "no-fault", "not_upheld", "explained"),
            "Berkas memang belum lengkap. Surat keterangan yang masih kurang kami sebutkan di "
            "sini.",
        ),
    ),
)

MATTERS = (WATER, WASTE, ROADS, LIGHTS, CLINIC, PAPERS)
