"""Two dozen invented complaints of Sukamaju, in every stage of the flow."""

from demo.steps import (
    CLAIM,
    CONFIRM,
    accept,
    approve,
    ask,
    assign,
    citizen,
    extend,
    found,
    message,
    more_time,
    note,
    promise,
    publish,
    reply,
    respond,
)
from demo.tale import Tale, Tales

WATER = accept("air-bersih", "layanan-dasar")
WASTE = accept("persampahan", "layanan-dasar")
ROADS = accept("jalan", "layanan-dasar")
LIGHTS = accept("penerangan", "layanan-dasar")
CLINIC = accept("puskesmas", "kesehatan")
PAPERS = accept("ktp-akta", "kependudukan")

#: The one whose receipt `bin/run` prints: it waits for the citizen's confirmation.
SHOWN = Tale(
    8,
    "Air PDAM mati empat hari di RT 03 Karangsari. Sudah lapor ke kantor cabang, katanya menunggu"
    " pompa. Kami beli air galon tiap hari.",
    [
        WATER,
        assign(),
        ask("Berapa rumah yang terdampak, dan dari titik mana sampai mana?"),
        reply("Sekitar 40 rumah, Bu. Dari masjid sampai ujung gang buntu."),
        message("Terima kasih. Teknisi memeriksa pompa Karangsari hari ini."),
        note("Pompa cadangan terpasang Sabtu malam. Minta angka tekanan dari rumah paling ujung."),
        respond(
            "Mohon maaf atas empat hari tanpa air. Pompa di rumah pompa Karangsari rusak.\n\n"
            "Air sudah mengalir ke RT 03 dan RT 05. Tekanan kami ukur 1,1 bar di rumah paling"
            " ujung. Potongan tagihan empat hari kami berikan bulan depan.",
            found("broken", lesson="Pompa cadangan diuji tiap bulan, bukan hanya saat rusak."),
        ),
        approve(),
    ],
    name="Wulan",
    service="pdam",
    address="RT 03, Karangsari",
)

_TALES = [
    SHOWN,
    Tale(0.1, "Jadwal mobil perpustakaan keliling tidak jelas. Anak-anak menunggu dua jam."),
    Tale(
        0.4,
        "Pagar taman bermain di Jalan Kenanga patah dan tajam. Anak tetangga sudah terluka.",
        address="Jalan Kenanga",
    ),
    Tale(0.9, "Petugas loket 3 tidak ada di tempat dari pukul 10 sampai 13.", [CLAIM]),
    Tale(
        2,
        "Tagihan air naik tiga kali lipat padahal rumah kosong sebulan. Mohon meteran diperiksa.",
        [CLAIM, (2, "ask", "intake", {"text": "Mohon kirim nomor pelanggan Anda."})],
        name="Slamet",
        service="pdam",
    ),
    Tale(
        3,
        "Antre rujukan tiga jam, loket tutup lebih awal. Petugas bilang sistem mati.",
        [CLINIC],
        "withheld",
        service="rawat-jalan",
    ),
    Tale(
        2.5,
        "Lampu jalan mati dari SDN 2 sampai jembatan. Anak pulang mengaji dalam gelap.",
        [LIGHTS],
        name="Yuni",
    ),
    Tale(
        7,
        "Sampah di TPS Pasar Baru menumpuk sepekan. Baunya sudah masuk kelas.",
        [WASTE, assign(), message("Truk tambahan kami kirim besok pagi.")],
        name="Kepala SDN 4",
    ),
    Tale(
        10,
        "Trotoar depan Puskesmas Cempaka amblas. Ibu saya jatuh di situ kemarin.",
        [ROADS, assign("officer2"), note("Titiknya sudah difoto, tinggal jadwal alat.", "officer")],
        name="Rudi",
    ),
    Tale(
        22,
        "Nama anak salah di akta kelahiran. Sudah dua kali bolak-balik ke kantor.",
        [
            PAPERS,
            assign("officer2"),
            message("Berkas Anda kami cocokkan dengan buku register.", "officer2", 20),
            more_time(5, "Register lama ada di gudang arsip provinsi.", "officer2", 24 * 7),
            extend(5, "Register tahun itu ada di arsip provinsi. Kami perlu waktu menyalinnya."),
            message("Register tahun itu masih kami cari di arsip.", "officer2", 24 * 5),
        ],
        name="Fitri",
        service="dukcapil",
    ),
    Tale(
        6.5,
        "Saluran di Jalan Melati tersumbat. Kalau hujan, air masuk ke rumah kami.",
        [ROADS, assign()],
        "none",
        address="Jalan Melati 12",
    ),
    Tale(
        9,
        "Air keruh setelah pompa diganti. Cucian jadi kuning semua.",
        [WATER, assign(), ask("Sejak tanggal berapa air keruh, dan jam berapa?")],
        name="Endang",
    ),
    Tale(
        11,
        "Tiang listrik miring di Gang Melati, kabelnya hampir menyentuh atap.",
        [
            LIGHTS,
            assign("officer2"),
            (9, "hold", "officer2", {"reason": "Menunggu regu PLN.", "until": "+14"}),
        ],
        "withheld",
    ),
    Tale(
        13,
        "Obat darah tinggi di Puskesmas kosong dua pekan. Kami disuruh beli sendiri.",
        [
            CLINIC,
            assign(),
            respond(
                "Obat datang Selasa. Pasien yang membeli sendiri diganti.",
                found("supplies", "compensated", "Pesan ulang saat stok tinggal dua pekan."),
            ),
            promise("Biaya obat Anda kami ganti di kas Puskesmas Cempaka.", 4),
        ],
        name="Hasan",
    ),
    Tale(
        12,
        "Truk sampah lewat pukul dua siang, padahal jadwalnya pagi.",
        [
            WASTE,
            assign("officer2"),
            respond("Jadwal kami kembalikan ke pukul 06.00.", found("not-followed"), "officer2"),
        ],
        "none",
    ),
    Tale(
        20,
        "Jalan lingkar berlubang besar dekat tikungan. Sudah tiga motor jatuh.",
        [
            ROADS,
            assign(),
            respond("Lubang sudah ditambal hari ini.", found("broken")),
            citizen("dispute", reason="Yang ditambal cuma satu. Masih ada dua lubang."),
        ],
        name="Joko",
    ),
    Tale(
        24,
        "KTP saya belum jadi setelah dua bulan, alasannya blangko habis.",
        [
            PAPERS,
            assign("officer2"),
            respond(
                "KTP Anda sudah dicetak. Silakan ambil di loket 2.",
                found("supplies", lesson="Sisa blangko dihitung tiap pekan."),
                "officer2",
            ),
            CONFIRM,
            citizen("rate", 1, stars="5", text="Cepat setelah lapor di sini."),
            publish(
                "KTP dua bulan belum jadi",
                "Seorang warga menunggu KTP dua bulan, karena blangko habis.",
                "KTP warga ini sudah dicetak. Blangko kini tersedia lagi di semua loket.",
            ),
        ],
        name="Dina",
    ),
    Tale(
        33,
        "Lampu lalu lintas di simpang pasar mati sejak Senin.",
        [
            LIGHTS,
            assign(),
            respond("Lampu menyala lagi sejak kemarin sore.", found("broken")),
            CONFIRM,
            publish(
                "Lampu lalu lintas simpang pasar mati",
                "Lampu lalu lintas di simpang pasar mati beberapa hari.",
                "Lampu menyala lagi. Kabel yang putus sudah kami ganti.",
            ),
        ],
        "withheld",
    ),
    Tale(
        40,
        "Pipa bocor di depan rumah, air terbuang berhari-hari.",
        [
            WATER,
            assign(),
            respond("Pipa sudah diganti.", found("broken")),
            approve(),
        ],
        name="Bambang",
    ),
    Tale(
        15,
        "Mohon harga sembako diturunkan.",
        [
            (
                5,
                "refer",
                "intake",
                {
                    "body": "Kementerian Perdagangan",
                    "reason": "Harga bahan pokok diatur pemerintah pusat.",
                },
            )
        ],
        "none",
    ),
    Tale(
        14,
        "Tes tes tes, hanya coba-coba formulir.",
        [(2, "reject", "intake", {"reason": "Isi ini bukan pengaduan. Silakan kirim yang baru."})],
        "none",
    ),
    Tale(
        45,
        "Air sering mati malam hari di Perumahan Indah.",
        [
            WATER,
            assign(),
            ask("Blok mana saja yang terdampak?"),
        ],
        name="Tanto",
    ),
    Tale(
        7,
        "Sampah pasar tidak diangkut tiga hari.",
        [citizen("withdraw", reason="Sudah diangkut pagi ini, terima kasih.")],
        name="Sri",
    ),
    Tale(
        5.5,
        "Sampah TPS Pasar Baru bau sekali dan berserakan di jalan.",
        [(4, "merge", "supervisor", {"into": "Sampah di TPS Pasar Baru"})],
        name="Marni",
    ),
    Tale(
        4.5,
        "Ada pungutan parkir di halaman Puskesmas. Ada karcisnya, tanpa cap.",
        [accept("pungli", "sukamaju")],
        "withheld",
    ),
]

TALES = Tales(_TALES, somebody="Warga Sukamaju", domain="warga.example")
