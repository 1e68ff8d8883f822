"""The plan of Sukamaju that went all the way: complaints about water are answered in time."""

from demo.improving.terms import Attended, Doing, Lesson, Look, NewPlan, Saying
from improvement.models import Decision, Indicator

_TRAINING = Doing(
    title="Pelatihan petugas pengaduan dan teknisi jaringan",
    owner="supervisor",
    milestone="Enam belas orang mengikuti kedua sesi",
    due=130,
    done=117,
    proof="Daftar hadir dan nilai kedua sesi ada pada rencana ini; modul tersimpan di bagian umum.",
    risk="Loket kosong selama pelatihan",
    way_back="Sesi dibagi dua kelompok, loket tetap dijaga",
    course="Komunikasi dengan warga dan manajemen waktu",
    planned=16,
    lessons=(
        Lesson(
            *(100, "Aula Kantor Bupati", "Balai Diklat Provinsi", 6),
            (
                Attended("Sari Lestari", 55, 82),
                Attended("Bayu Prakoso", 60, 85),
                Attended("Yudi Hartono", 40, 74),
                Attended("Nining Kartika", 65, 88),
                Attended("Deden Supriadi", 45, 70),
                Attended("Ika Puspita", 50, 80),
                Attended("Rohmat"),
            ),
        ),
        Lesson(
            *(116, "Ruang rapat rumah pompa Karangsari", "Balai Diklat Provinsi", 6),
            (
                Attended("Agung Wijaya", 50, 78),
                Attended("Cecep Mulyana", 35, 66),
                Attended("Euis Komala", 60, 84),
                Attended("Rohmat", 45, 72),
                Attended("Tatang Suherman", 40, 75),
                Attended("Yulia Sari", 70, 90),
                Attended("Bayu Prakoso", 85, 92),
            ),
        ),
    ),
)

WATER = NewPlan(
    unit="layanan-dasar",
    owner="supervisor",
    starts="start",
    before=18,
    weeks=24,
    approver="head",
    indicator=Indicator.ON_TIME,
    target=80,
    selected=True,
    least=150,
    budget=185_000_000,
    element="time",
    review_weeks=8,
    theme="air-bersih",
    saying=Saying(
        title="Pengaduan Layanan Dasar dijawab sebelum tenggat",
        problem=(
            "Dalam tiga bulan terakhir sekitar empat dari sepuluh pengaduan dijawab lewat tenggat. "
            "Paling banyak tentang air yang mati karena pompa dan pipa rusak: perbaikan menunggu "
            "suku cadang, dan warga tidak mendapat kabar selama menunggu."
        ),
        change=(
            "Dua regu reaksi cepat dengan suku cadang sendiri, daftar tenggat yang dibaca bersama "
            "setiap pagi, dan kabar sementara kepada warga paling lambat hari kelima."
        ),
        place="Kecamatan Karangsari, Cempaka, dan Pasar Baru",
        resources=(
            "Enam teknisi jaringan, dua sepeda motor dinas, dan satu gudang kecil. Suku cadang "
            "dari anggaran pemeliharaan tahun berjalan."
        ),
        authority="Keputusan Bupati Nomor 800/112 tentang Regu Reaksi Cepat",
        relevance=(
            "Air bersih adalah layanan yang paling sering diadukan. Jawaban yang terlambat membuat "
            "warga mengadu dua kali dan tidak percaya lagi pada tenggat."
        ),
        affected="Pelanggan air di tiga kecamatan, teknisi jaringan, dan petugas pengaduan.",
        evidence=(
            "Tema: Air bersih, lebih banyak dari biasanya\n"
            "Pemantauan tenggat, 90 hari terakhir\n"
            "Notulen rapat evaluasi Layanan Dasar"
        ),
    ),
    doings=(
        Doing(
            title="Dua regu reaksi cepat mulai berjaga",
            owner="officer",
            milestone="Jadwal piket terisi untuk setiap hari kerja",
            due=14,
            done=11,
            proof="Surat tugas dan jadwal piket sudah ditandatangani; piket pertama berjalan.",
            pilot="Kecamatan Karangsari",
            risk="Regu ditarik untuk pekerjaan lain",
            way_back="Kembali ke jadwal lama, dengan laporan harian kepada penyelia",
        ),
        Doing(
            title="Tenggat dibaca bersama setiap pagi",
            owner="supervisor",
            milestone="Notulen singkat ada untuk setiap hari kerja",
            due=28,
            done=25,
            proof="Buku notulen pagi, dua puluh halaman pertama.",
            risk="Menjadi rutinitas tanpa keputusan",
        ),
        Doing(
            title="Gudang suku cadang dibuka di Karangsari",
            owner="officer2",
            milestone="Dua belas jenis suku cadang tersedia",
            due=42,
            done=55,
            proof="Berita acara serah terima barang dan foto rak.",
            risk="Pengadaan lebih lama dari rencana",
            way_back="Meminjam stok gudang kabupaten dengan bon harian",
        ),
        _TRAINING,
    ),
    looks=(
        Look(
            *(56, 70),
            "Regu sudah berjaga, tetapi gudang baru dibuka pekan ini. Sebelumnya suku cadang masih "
            "diambil dari kota.",
            Decision.CONTINUE,
            as_planned=34,
            occasions=40,
            fidelity="Rapat pagi 34 dari 40 hari kerja; enam kali batal karena upacara dan hujan.",
        ),
        Look(
            *(105, 76),
            "Yang terlambat kini hampir semuanya aduan jalan dan lampu, bukan air lagi.",
            Decision.ADJUST,
            "Daftar pagi diperluas ke semua kategori; satu regu menangani lampu tiap Kamis.",
            as_planned=66,
            occasions=74,
            fidelity="Kabar sementara terkirim pada hari kelima untuk sembilan dari sepuluh aduan.",
        ),
        Look(
            *(150, 80),
            "Kedua regu bekerja seperti rencana, dan suku cadang tersedia di tempat.",
            Decision.CONTINUE,
            as_planned=98,
            occasions=105,
            fidelity="Rapat pagi berjalan 98 dari 105 hari kerja.",
        ),
    ),
    verdict=(
        "Regu dan gudang menjadi tugas tetap. Capaiannya dilihat lagi tiga, enam, dan dua belas "
        "bulan sesudah ini."
    ),
    told_as="Air mati, dan jawaban yang terlambat",
    said=(
        "Banyak warga menyampaikan bahwa air mati berhari-hari, dan bahwa jawaban atas pengaduan "
        "datang jauh setelah tenggat."
    ),
    did=(
        "Dua regu reaksi cepat kini berjaga dengan suku cadang sendiri. Setiap pagi tenggat yang "
        "mendekat dibahas bersama, dan selama perbaikan berjalan Anda mendapat kabar."
    ),
)
