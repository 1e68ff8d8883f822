"""What people of Sukamaju complain about: water and waste."""

from demo.year.terms import Ending, Matter, Problem

WATER = Matter(
    category="air-bersih",
    service="pdam",
    a_week=5.5,
    in_ramadan=1.25,
    by_month={7: 1.15, 8: 1.25, 9: 1.25},
    problems=(
        Problem(
            "broken supplies external",
            "[Air|Air PDAM|Keran rumah|Aliran] [mati|tidak keluar|kering|berhenti total] di "
            "{place}",
            "Kami membeli galon tiap hari|Warga menimba dari sumur tetangga|Warung saya tutup "
            "karenanya|Wudu pun tidak bisa|Toilet sekolah tidak terpakai",
        ),
        Problem(
            "broken",
            "[Pipa|Pipa induk|Sambungan|Keran jalan] [bocor|pecah|menyembur|retak] di {place}",
            "Airnya terbuang ke selokan|Jalan jadi becek dan licin|Tekanan ke rumah kami "
            "turun|Sudah ditambal dengan karet|Malam suaranya deras",
        ),
        Problem(
            "broken external",
            "[Air|Air keran|Air ledeng] [keruh|berbau karat|kuning|berpasir|berlendir] di {place}",
            "Cucian putih jadi kecokelatan|Anak-anak gatal sehabis mandi|Tidak berani dipakai "
            "memasak|Saringan cepat buntu",
        ),
        Problem(
            "broken not-informed",
            "[Tekanan lemah|Air menetes saja|Aliran kecil sekali] di {place}",
            "Mengisi satu ember setengah jam|Lantai dua tidak kebagian|Pemanas tidak mau menyala",
        ),
        Problem(
            "broken careless",
            "[Meteran macet|Meter air rusak|Angka meter tidak bergerak] di {place}",
            "Tagihan malah naik|Takut dikira mencuri air|Petugas catat hanya mengira-ngira",
        ),
        Problem(
            "careless not-informed",
            "[Galian dibiarkan terbuka|Bekas galian pipa amblas|Tanah galian menumpuk] di {place}",
            "Motor saya terperosok|Pagar hampir ikut runtuh|Debunya masuk rumah",
        ),
        Problem(
            "not-informed supplies",
            "[Air hanya dini hari|Menyala tengah malam saja|Giliran tak menentu] di {place}",
            "Kami begadang menampung air|Bayi kami perlu air siang hari|Tandon tidak sempat penuh",
        ),
        Problem(
            "broken supplies",
            "[Pompa|Rumah pompa|Mesin pompa] [mati|diam|berisik lalu berhenti|terbakar] di {place}",
            "Katanya menunggu suku cadang|Tidak ada yang berjaga|Dua RW kehabisan air|Genset pun "
            "tidak dinyalakan",
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
            *(40, "broken", "upheld", "repaired"),
            "Mohon maaf atas gangguan ini. Kerusakan di jaringan sudah kami perbaiki dan air "
            "mengalir kembali. Tekanan kami ukur di rumah paling ujung.",
        ),
        Ending(
            *(18, "supplies", "upheld", "repaired"),
            "Suku cadang sudah tiba dan terpasang. Selama menunggu, mobil tangki kami kirim dua "
            "kali sehari.",
        ),
        Ending(
            *(14, "not-informed", "partly_upheld", "explained"),
            "Giliran air berubah karena debit sumber turun. Seharusnya kami umumkan lebih dulu; "
            "jadwalnya kini ada di papan RW dan di laman kami.",
        ),
        Ending(
            *(12, "careless", "upheld", "compensated"),
            "Angka meter salah dicatat. Tagihan sudah kami koreksi, kelebihan bayar dikembalikan "
            "pada rekening bulan depan.",
        ),
        Ending(
            *(8, "external", "explained", "explained"),
            "Longsor memutus pipa transmisi. Perbaikan sementara selesai, yang tetap dikerjakan "
            "bulan ini.",
        ),
        Ending(
            *(8, "no-fault", "not_upheld", "explained"),
            "Kebocoran ada di instalasi sesudah meter. Kami jelaskan letaknya kepada pemilik "
            "rumah.",
        ),
    ),
)

WASTE = Matter(
    category="persampahan",
    service="angkut-sampah",
    a_week=5,
    in_ramadan=1.4,
    by_month={12: 1.15, 1: 1.2},
    problems=(
        Problem(
            "staffing broken not-informed",
            "[Sampah|Tumpukan|Kantong sampah|Sampah pasar] [menumpuk|belum "
            "diambil|menggunung|membusuk] di {place}",
            "Lalat masuk ke dapur|Tikus berkeliaran|Anjing mengacak-acaknya|Baunya sampai "
            "musala|Hujan membuatnya hanyut",
        ),
        Problem(
            "broken staffing",
            "[TPS|Bak|Kontainer] [meluap|penuh|tumpah ke jalan] di {place}",
            "Motor harus menepi|Anak sekolah menutup hidung|Pembeli enggan datang|Pemulung "
            "membongkarnya",
        ),
        Problem(
            "not-followed staffing",
            "[Truk|Armada|Gerobak motor] [lewat begitu saja|tidak berhenti|melompati gang|putar "
            "balik] di {place}",
            "Sopir bilang bukan rutenya|Padahal iuran lunas|Kantong sudah kami susun rapi|Kernet "
            "hanya melambai",
        ),
        Problem(
            "external",
            "[Orang luar membuang sampah|Pembuangan liar|Karung dibuang dari mobil] di {place}",
            "Kejadiannya selalu malam|Sudah kami tegur, malah marah|Sungai ikut tercemar",
        ),
        Problem(
            "not-informed not-followed",
            "[Hari angkut tidak tentu|Kadang diangkut kadang tidak|Jadwal berubah diam-diam] di "
            "{place}",
            "Kami tidak tahu kapan mengeluarkan sampah|Papan pengumuman kosong|RT pun tidak diberi "
            "tahu",
        ),
        Problem(
            "not-followed",
            "[Iuran naik tanpa layanan|Retribusi ditagih terus|Ditagih dua kali] di {place}",
            "Tanda terimanya tulisan tangan|Gerobak sudah lama tidak lewat|Penagih tidak mau "
            "menjelaskan",
        ),
        Problem(
            "external",
            "[Asap pembakaran|Sampah dibakar|Plastik dibakar] di {place}",
            "Ayah saya sesak napas|Jemuran jadi bau|Api hampir menyambar kabel",
        ),
        Problem(
            "broken staffing",
            "[Selokan mampet|Got penuh plastik|Saluran tersumbat] di {place}",
            "Hujan sebentar langsung banjir|Jentik nyamuk banyak sekali|Airnya naik ke teras",
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
            *(30, "staffing", "upheld", "repaired"),
            "Dua awak truk sakit dan belum ada pengganti. Rute itu sudah kami layani lagi sejak "
            "pagi ini, dengan regu cadangan.",
        ),
        Ending(
            *(26, "broken", "upheld", "repaired"),
            "Truk mengalami kerusakan hidrolik. Armada pengganti sudah mengangkut seluruhnya.",
        ),
        Ending(
            *(20, "not-followed", "upheld", "process_changed"),
            "Sopir tidak mengikuti rute yang ditetapkan. Sejak pekan ini rute dipantau dengan GPS.",
        ),
        Ending(
            *(12, "not-informed", "partly_upheld", "explained"),
            "Jadwal berubah karena hari libur. Pengumumannya kami kirim lebih awal lewat ketua RW.",
        ),
        Ending(
            *(12, "external", "explained", "other"),
            "Pembuang sampah berasal dari luar kelurahan. Satpol PP berjaga pada malam hari.",
        ),
    ),
)
