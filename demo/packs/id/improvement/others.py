"""Plans of Sukamaju that are on the way, or that came to another end."""

from demo.improving.terms import Doing, Look, NewPlan, Saying
from improvement.models import Decision, Indicator

#: Nothing can be told of it: a new channel opened soon after the start.
CHANNELLED = NewPlan(
    unit="kependudukan",
    owner="supervisor",
    starts="channelled",
    before=20,
    weeks=22,
    approver="leader",
    indicator=Indicator.RECEIVED,
    category="ktp-akta",
    target=3.5,
    budget=42_000_000,
    element="procedure",
    review_weeks=13,
    saying=Saying(
        title="Mobil layanan KTP datang menurut jadwal",
        problem="Warga berangkat jauh ke kota, lalu blangko habis atau loket sudah tutup.",
        change="Mobil layanan datang ke tiap kecamatan sekali sepekan, dengan jadwal yang tetap.",
        place="Delapan kecamatan, dimulai dari Cempaka",
        resources="Satu mobil layanan sewa, dua petugas perekaman.",
        authority="Keputusan Kepala Dinas Kependudukan Nomor 470/21",
        relevance="Aduan KTP dan akta naik setiap kali loket penuh.",
        affected="Warga delapan kecamatan, petugas loket.",
        evidence="Aduan KTP dan akta 90 hari terakhir\nBuku antrean loket",
    ),
    doings=(
        Doing(
            title="Jadwal mobil layanan diumumkan",
            owner="officer2",
            milestone="Jadwal terpasang di delapan kantor kecamatan",
            due=20,
            done=18,
            proof="Foto papan pengumuman di delapan kantor kecamatan.",
            pilot="Kecamatan Cempaka dan Bojong",
        ),
    ),
    looks=(
        Look(
            *(91, 4),
            "Sejak layanan WhatsApp dibuka, jauh lebih banyak warga yang melapor. Naiknya jumlah "
            "aduan tidak berarti pelayanan memburuk.",
            Decision.CONTINUE,
            as_planned=97,
            occasions=104,
            fidelity="97 dari 104 kedatangan sesuai jadwal.",
        ),
    ),
    verdict=(
        "Layanan WhatsApp dibuka tiga pekan setelah mulai. Rencana berikutnya memakai ukuran yang "
        "tidak bergantung pada cara warga melapor."
    ),
)

STOPPED = NewPlan(
    unit="layanan-dasar",
    owner="officer2",
    starts="stopped",
    before=21,
    weeks=20,
    author="supervisor",
    approver="head",
    indicator=Indicator.RECEIVED,
    category="penerangan",
    target=2,
    budget=0,
    element="facilities",
    saying=Saying(
        title="Patroli lampu jalan oleh warga RT",
        problem="Lampu yang padam baru diketahui setelah ada yang mengadu.",
        change="Relawan RT berkeliling dua malam sepekan dan mencatat lampu padam.",
        place="Kelurahan Mekarjaya dan Sindangsari",
        resources="Dua belas relawan, tanpa biaya tambahan.",
        authority="Kesepakatan musyawarah kelurahan",
        relevance="Jalan gelap adalah alasan kedua terbanyak warga merasa tidak aman.",
        affected="Warga dua kelurahan, relawan RT.",
    ),
    doings=(
        Doing(
            title="Relawan mendapat daftar tiang dan jadwal",
            owner="officer2",
            milestone="Jadwal enam pekan terisi",
            due=10,
            done=9,
            proof="Jadwal relawan bertanda tangan ketua RW.",
        ),
    ),
    looks=(
        Look(
            *(28, 2.8),
            "Dari delapan malam hanya tiga yang terlaksana; relawan bekerja bergilir.",
            Decision.ADJUST,
            "Satu malam sepekan saja, dengan pendamping dari dinas.",
            as_planned=3,
            occasions=8,
            fidelity="Catatan hanya ada untuk tiga malam.",
        ),
        Look(
            *(56, 2.4),
            "Relawan tidak terlindungi asuransi, dan dua orang mundur setelah hampir tertabrak. "
            "Puting beliung bulan ini menaikkan jumlah aduan, tetapi bukan itu alasannya.",
            Decision.STOP,
            "Dihentikan: keselamatan relawan tidak dapat kami jamin. Pencatatan kembali pada regu "
            "dinas.",
            as_planned=2,
            occasions=4,
            fidelity="Dua dari empat malam.",
        ),
    ),
)

RUNNING = NewPlan(
    unit="kesehatan",
    owner="head",
    starts="running",
    before=20,
    weeks=26,
    approver="head",
    indicator=Indicator.ON_TIME,
    target=88,
    budget=35_000_000,
    element="competence",
    review_weeks=4,
    saying=Saying(
        title="Pengaduan Puskesmas dijawab sebelum tenggat",
        problem=(
            "Satu dari lima pengaduan Puskesmas dijawab lewat tenggat, karena jawaban menunggu "
            "keterangan dokter dan bagian farmasi."
        ),
        change=(
            "Setiap Puskesmas menunjuk satu penanggung jawab pengaduan, yang memberi keterangan "
            "dalam tiga hari kerja."
        ),
        place="Dua belas Puskesmas",
        resources="Dua belas penanggung jawab, grup pesan, satu hari pelatihan.",
        authority="Keputusan Kepala Dinas Kesehatan Nomor 440/77",
        relevance="Pasien yang menunggu jawaban sering kali masih menunggu obatnya.",
        affected="Pasien Puskesmas, dokter, tenaga farmasi, petugas loket.",
        evidence="Pemantauan tenggat Dinas Kesehatan, 90 hari terakhir",
    ),
    doings=(
        Doing(
            title="Penanggung jawab pengaduan ditunjuk",
            owner="officer",
            milestone="Dua belas surat penunjukan",
            due=14,
            done=13,
            proof="Dua belas surat penunjukan, tersimpan di bagian kepegawaian.",
        ),
        Doing(
            title="Stok obat diperbarui setiap Senin",
            owner="officer2",
            milestone="Daftar stok terbaca oleh petugas pengaduan",
            due=54,
            risk="Data gudang farmasi terlambat masuk",
            way_back="Menelepon gudang setiap Senin pagi",
        ),
        Doing(
            title="Pelatihan penanggung jawab pengaduan",
            owner="officer",
            milestone="Semua penanggung jawab hadir",
            due=100,
            course="Empati dan menjawab pengaduan pasien",
            planned=12,
        ),
    ),
    looks=(
        Look(
            *(28, 80),
            "Penanggung jawab sudah ada, tetapi tiga Puskesmas belum menjawab dalam tiga hari.",
            Decision.CONTINUE,
            as_planned=31,
            occasions=41,
            fidelity="31 dari 41 keterangan datang dalam tiga hari kerja.",
        ),
    ),
)

COMING = NewPlan(
    unit="kependudukan",
    owner="officer2",
    starts="coming",
    before=30,
    weeks=20,
    indicator=Indicator.ON_TIME,
    target=95,
    budget=12_500_000,
    element="requirements",
    saying=Saying(
        title="Dokumen kependudukan: jawaban sebelum tenggat",
        problem="Berkas yang tertahan di kecamatan membuat jawaban terlambat.",
        change="Berkas dari kecamatan dijemput dua kali sepekan, dengan daftar serah terima.",
        place="Delapan kantor kecamatan",
        resources="Satu kurir dengan sepeda motor dinas.",
        authority="Nota dinas Kepala Dinas Kependudukan",
        relevance="Tanpa dokumen, warga tidak bisa mendaftar sekolah atau menerima bantuan.",
        affected="Pemohon dokumen, petugas kecamatan.",
        evidence="Pemantauan tenggat Dinas Kependudukan, 90 hari terakhir",
    ),
    doings=(
        Doing(
            title="Jadwal penjemputan berkas disepakati",
            owner="officer2",
            milestone="Delapan kecamatan menandatangani jadwal",
            due=21,
        ),
    ),
)

LACKING = NewPlan(
    unit="layanan-dasar",
    owner="supervisor",
    starts="coming",
    before=24,
    weeks=16,
    author="supervisor",
    indicator=Indicator.RECEIVED,
    category="jalan",
    target=None,
    saying=Saying(
        title="Lubang jalan ditambal sebelum musim hujan",
        problem="Setiap Desember aduan jalan berlubang naik sepertiga.",
        change="Pemeriksaan ruas rawan pada September, penambalan pada Oktober.",
        place="Jalan Raya Cempaka, jalan lingkar, tanjakan Cikadu",
    ),
)
