"""What people of Sukamaju complain about: roads and street lighting."""

from demo.year.terms import Ending, Matter, Problem

ROADS = Matter(
    category="jalan",
    service="jalan-umum",
    a_week=4,
    in_ramadan=0.8,
    by_month={12: 1.3, 1: 1.4, 2: 1.3},
    problems=(
        Problem(
            "broken supplies",
            "[Lubang besar|Jalan berlubang|Aspal bolong] di {place}",
            "Dua motor sudah jatuh|Ban mobil saya pecah|Angkot mengambil jalur lawan",
        ),
        Problem(
            "broken supplies",
            "[Trotoar amblas|Ubin trotoar lepas|Trotoar runtuh] di {place}",
            "Kursi roda tidak bisa lewat|Ibu saya terkilir|Kereta bayi turun ke badan jalan",
        ),
        Problem(
            "broken",
            "[Gorong-gorong terbuka|Penutup saluran pecah|Besi penutup dicuri] di {place}",
            "Anak kecil bisa terperosok|Kami tutup dengan ranting|Malam tidak kelihatan",
        ),
        Problem(
            "broken supplies no-fault",
            "[Aspal mengelupas|Permukaan jalan hancur|Kerikil lepas] di {place}",
            "Debu beterbangan ke warung|Sepeda sering tergelincir|Baru setahun diperbaiki",
        ),
        Problem(
            "external supplies",
            "[Genangan tak surut|Air tergenang|Jalan seperti kolam] di {place}",
            "Airnya masuk ke teras|Pejalan kaki terciprat|Mesin motor sering mati",
        ),
        Problem(
            "coordination",
            "[Galian kabel menganga|Bekas proyek ditinggal|Pelat besi bergeser] di {place}",
            "Tidak ada rambu sama sekali|Kontraktornya sudah pergi|Truk memutar jauh",
        ),
        Problem(
            "external",
            "[Pohon tumbang|Dahan melintang|Pohon miring] di {place}",
            "Menimpa kabel telepon|Separuh jalan tertutup|Kami potong sendiri sebisanya",
        ),
    ),
    details=(
        "Patokannya [warung|toko|bengkel] {name}.",
        "Persis di depan rumah {name}.",
        "[Tetangga saya|Pak RT|{name}] juga melihatnya.",
        "Saya tinggal di nomor {n}.",
        "[{name}|Anak saya|Hansip] sempat memotretnya.",
        "Dari [masjid|pos ronda|gapura] kira-kira {n} meter.",
        "Tanya saja [{name}|warung sebelah] kalau mencari tempatnya.",
        "[Sekitar|Kurang lebih] {n} rumah kena dampaknya.",
    ),
    endings=(
        Ending(
            *(34, "broken", "upheld", "repaired"),
            "Perbaikan selesai. Lubang ditambal dengan aspal panas dan dipadatkan.",
        ),
        Ending(
            *(22, "supplies", "upheld", "other"),
            "Perbaikan tetap masuk anggaran triwulan depan. Sementara itu titiknya kami tutup "
            "dengan pelat dan rambu.",
        ),
        Ending(
            *(20, "coordination", "partly_upheld", "repaired"),
            "Galian milik pelaksana lain. Mereka sudah menutupnya atas teguran kami.",
        ),
        Ending(
            *(14, "external", "explained", "repaired"),
            "Hujan lebat menggerus bahu jalan. Bronjong sementara sudah terpasang.",
        ),
        Ending(
            *(10, "no-fault", "not_upheld", "explained"),
            "Ruas itu jalan provinsi. Laporan Anda kami teruskan kepada dinas yang berwenang.",
        ),
    ),
)

LIGHTS = Matter(
    category="penerangan",
    service="lampu-jalan",
    a_week=3,
    by_month={12: 1.2, 1: 1.2},
    problems=(
        Problem(
            "broken supplies coordination",
            "[Lampu padam|Gelap gulita|Lampu jalan mati] di {place}",
            "Anak-anak pulang mengaji dalam gelap|Pekan lalu ada penjambretan|Pedagang malam tutup "
            "lebih awal",
        ),
        Problem(
            "external broken",
            "[Tiang miring|Tiang hampir roboh|Baut tiang lepas] di {place}",
            "Condong ke atap rumah|Bergoyang saat angin|Kami ikat dengan tambang",
        ),
        Problem(
            "supplies broken",
            "[Lampu berkedip|Nyala sebentar lalu mati|Lampu redup sekali] di {place}",
            "Mengganggu pengendara|Warga memasang senter sendiri|Sudah diganti, rusak lagi",
        ),
        Problem(
            "supplies",
            "[Belum ada lampu|Tanpa penerangan|Ruas ini tak berlampu] di {place}",
            "Sudah diusulkan di musrenbang|Ibu-ibu takut lewat|Sering ada yang terjatuh",
        ),
        Problem(
            "coordination external",
            "[Kabel menjuntai|Kabel rendah sekali|Kabel terkelupas] di {place}",
            "Kami takut ada yang tersengat|Truk bisa tersangkut|Anak-anak suka memegangnya",
        ),
    ),
    details=(
        "Patokannya [warung|toko|bengkel] {name}.",
        "Persis di depan rumah {name}.",
        "[Tetangga saya|Pak RT|{name}] juga melihatnya.",
        "Saya tinggal di nomor {n}.",
        "[{name}|Anak saya|Hansip] sempat memotretnya.",
        "Dari [masjid|pos ronda|gapura] kira-kira {n} meter.",
        "Tanya saja [{name}|warung sebelah] kalau mencari tempatnya.",
        "[Sekitar|Kurang lebih] {n} rumah kena dampaknya.",
    ),
    endings=(
        Ending(
            *(46, "broken", "upheld", "repaired"),
            "Lampu sudah diganti dan menyala kembali sejak kemarin malam.",
        ),
        Ending(
            *(26, "supplies", "upheld", "repaired"),
            "Komponen yang lama tidak tersedia. Titik itu kami ganti dengan lampu LED.",
        ),
        Ending(
            *(14, "coordination", "partly_upheld", "repaired"),
            "Gangguan ada pada jaringan PLN. Bersama regu PLN sambungannya sudah dipulihkan.",
        ),
        Ending(
            *(14, "external", "explained", "repaired"),
            "Angin kencang merobohkan tiang. Tiang pengganti sudah berdiri.",
        ),
    ),
)
