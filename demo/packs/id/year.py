"""A year of Sukamaju: how often people complain about what, and how it is late."""

from demo.packs.id.matters import MATTERS
from demo.year.terms import Lateness, Surge, Words, Year

WORDS = Words(
    streets=(
        *("Jalan Kenanga", "Jalan Melati", "Gang Mangga", "Jalan Raya Cempaka", "Gang Haji Dullah"),
        *("Jalan Pahlawan", "Jalan Veteran", "RT 03 RW 05", "RT 01 RW 02", "RT 07 RW 04"),
        *("depan SDN 2", "belakang Pasar Baru", "dekat Masjid Al-Ikhlas", "samping balai desa"),
        *("Perumahan Indah blok C", "Griya Asri", "jembatan Cibeureum", "Jalan Stasiun"),
        *(
            "simpang terminal",
            "dekat lapangan bola",
            "Kampung Baru",
            "Gang Flamboyan",
            "Asrama Polisi",
        ),
        *("Jalan Irigasi", "depan kantor pos", "Dusun Sukasari", "tanjakan Cikadu", "Jalan Pemuda"),
        *(
            "Gang Buntu",
            "Jalan Ahmad Yani",
            "Kios Tani",
            "Blok Sawah",
            "Kavling Guru",
            "Dusun Ciwaru",
        ),
        *(
            "Jalan Juanda",
            "Lorong Bidan Eti",
            "Rusun Merpati",
            "Jalan Kopi",
            "bekas pabrik tahu",
        ),
        *(
            "Gang Sadar",
            "Jalan Dewi Sartika",
            "Dusun Pasirhuni",
            "warung pojok Mang Udin",
            "Jalan Lurah",
        ),
    ),
    areas=(
        *("Karangsari", "Cempaka", "Pasar Baru", "Sindangsari", "Mekarjaya", "Cikadu", "Bojong"),
        *(
            "Tanjungsari",
            "Margaluyu",
            "Sukahurip",
            "Wanasari",
            "Pagersari",
            "Cibodas",
            "Haurngombong",
        ),
        *("Leuwiliang", "Gunungtanjung", "Ciparay", "Nagrak", "Rancabango", "Kubangpari"),
    ),
    since=(
        *("sejak Senin", "sudah seminggu", "tiga hari ini", "sejak kemarin", "dua pekan lamanya"),
        *(
            "setiap sore",
            "habis hujan",
            "hampir sebulan",
            "lagi-lagi",
            "sejak Rabu malam",
            "berhari-hari",
        ),
    ),
    requests=(
        "[Mohon|Tolong] [segera ditangani|dicek ke lokasi|diperbaiki pekan ini].",
        "Kapan [ada petugas yang melihat|bisa selesai|kami dikabari]?",
        "[Sudah|Pernah] lapor ke ketua RT, belum ada [kabar|hasil].",
        "[Kami tunggu|Saya menunggu] [kabarnya|jawaban Bapak Ibu|tindak lanjutnya].",
        "[Telepon kantor|Nomor layanan] tidak [diangkat|aktif].",
        "[Terima kasih|Hatur nuhun] sebelumnya.",
        "Foto [terlampir|bisa saya kirim|ada di ponsel saya].",
    ),
    thanks=(
        "Terima kasih atas laporan Anda tentang {place}.",
        "Laporan Anda mengenai {place} sudah kami tindak lanjuti.",
        "Menanggapi pengaduan Anda tentang {place}:",
        "Petugas kami sudah ke {place}.",
        "Kami sudah memeriksa laporan dari {place}.",
    ),
    first_names=(
        *("Siti", "Ahmad", "Yanti", "Dedi", "Nur", "Asep", "Lina", "Rahmat", "Eka", "Iwan"),
        *("Tini", "Ujang", "Maya", "Hendra", "Wati", "Yusuf", "Rini", "Fajar", "Ani", "Gunawan"),
    ),
    last_names=(
        *("Suryani", "Hidayat", "Rahayu", "Saputra", "Handayani", "Setiawan", "Permana"),
        *("Kusuma", "Fauzi", "Nugraha", "Susanti", "Firmansyah", "Mulyani", "Ramadhan"),
    ),
)

YEAR = Year(
    matters=MATTERS,
    words=WORDS,
    channels={"web": 46, "counter": 22, "phone": 16, "letter": 6, "email": 10},
    new_channel=("whatsapp", 45),
    opened_for="ktp-akta",
    lateness={
        "layanan-dasar": Lateness(usual=0.27, noticed=0.42, after=0.10),
        "kesehatan": Lateness(usual=0.21),
        "kependudukan": Lateness(usual=0.13),
        "sukamaju": Lateness(usual=0.10),
    },
    surges=(
        Surge("air-bersih", "broken", until="noticed", weeks=6, times=2.6),
        Surge("penerangan", "external", until="storm", weeks=4, times=3.4),
        Surge("puskesmas", "supplies", until="watched", weeks=4, times=2.6),
        Surge("ktp-akta", "supplies", until="today", weeks=5, times=2.6),
    ),
    answered_in=14,
    source="Buku register",
)
