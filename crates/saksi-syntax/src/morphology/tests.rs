use super::*;
use crate::Upos;

/// Roots that the cases need, as a treebank would give them: one common, one less so.
const COMMON: &str = "aku aman beda bentuk besar buat cari coba dua guna jadi kapal kata kira laku lihat negara orang tahu tahun tanya temu uji \
    usaha tidak baik benar";
const ROOTS: &str = "adil ajar alam ambil amuk anak anjur atas arang awas bahu baca bakar bangun batas bela beri berita bicara bom buah bubar \
    bunuh cat cek curi daftar dasar damai desa dagang dapat dengar duduk edar ekspor ganti gantung gempur gila gunung hadap hancur hantam harap hari \
    hasil henti hidup hubung ikat ikut industri ingat izin jabat janji jawab jemput jual kaji karang kawal kebal kecam kemuka kendali kerja \
    kepung kirim kritik kuasa kuat kumpul kunjung lanjut lari latih lawan layan layar lempar letak letus luncur luas mati makan masuk \
    minta milik mirip mobil modernisasi mukim mulai musuh naik nilai nyanyi nyata olah operasi pakai panjang pasok pasti pekan pengaruh percaya perang \
    perintah pergi perlu pihak pimpin pindah pisah pukul produksi pulang punya pusat raja rakit rampas rasa rata rebut rencana renang rugi \
    rumah runding rusak sapu satu sah sayur sebab sedia selesai sembunyi senjata serah serang seragam seberang sekutu sepakat sita syarat tahan tanda \
    tanam tangan tangkap tani tanggung tarik tawan tari teliti tembak tempur tentu terbang terjang terjemah tertib tetap tik tinju tinggi tolak tuduh tuju tulis \
    tumpang tunda tunjuk turun tutup ubah undang urus usir";

fn analyser() -> Analyser {
    let common = COMMON.split_whitespace().map(|root| (root, 100));
    let others = ROOTS.split_whitespace().map(|root| (root, 5));
    Analyser::new(others.chain(common).collect())
}

/// An analysis in one line: `serang: process peN- -an`.
fn line(analysis: &Analysis) -> String {
    let mut parts = vec![
        format!("{}:", analysis.root),
        format!("{:?}", analysis.formation).to_lowercase(),
    ];
    if analysis.voice != Voice::Bare {
        parts.push(format!("{:?}", analysis.voice).to_lowercase());
    }
    parts.extend(analysis.proclitic.map(|clitic| clitic.as_str().to_owned()));
    parts.extend(
        analysis
            .prefixes
            .iter()
            .map(|prefix| prefix.as_str().to_owned()),
    );
    parts.extend(analysis.suffix.map(|suffix| suffix.as_str().to_owned()));
    parts.extend(
        analysis
            .enclitics
            .iter()
            .flatten()
            .map(|clitic| format!("+{}", clitic.as_str())),
    );
    parts.extend(
        analysis
            .reduplication
            .map(|kind| format!("{kind:?}").to_lowercase()),
    );
    parts.join(" ")
}

#[test]
fn words_come_apart() {
    let cases = [
        ("memukul", "pukul: verb active meN-"),
        ("menyapu", "sapu: verb active meN-"),
        ("mengirim", "kirim: verb active meN-"),
        ("menulis", "tulis: verb active meN-"),
        ("membaca", "baca: verb active meN-"),
        ("melihat", "lihat: verb active meN-"),
        ("merebut", "rebut: verb active meN-"),
        ("mewakili", "wakil: verb active meN- -i"),
        ("menyanyi", "nyanyi: verb active meN-"),
        ("mengambil", "ambil: verb active meN-"),
        ("menggempur", "gempur: verb active meN-"),
        ("menghancurkan", "hancur: verb active meN- -kan"),
        ("mengebom", "bom: verb active meN-"),
        ("mengecek", "cek: verb active meN-"),
        ("mengesahkan", "sah: verb active meN- -kan"),
        ("memproduksi", "produksi: verb active meN-"),
        ("mempelajari", "ajar: verb active meN- per- -i"),
        ("memperkuat", "kuat: verb active meN- per-"),
        ("memperluas", "luas: verb active meN- per-"),
        ("mempertahankan", "tahan: verb active meN- per- -kan"),
        ("memperingati", "ingat: verb active meN- per- -i"),
        ("memberlakukan", "laku: verb active meN- ber- -kan"),
        ("memberhentikan", "henti: verb active meN- ber- -kan"),
        ("mengemukakan", "kemuka: verb active meN- -kan"),
        ("mengetahui", "tahu: verb active meN- ke- -i"),
        ("menyeragamkan", "seragam: verb active meN- -kan"),
        ("mengkritik", "kritik: verb active meN-"),
        ("mengekspor", "ekspor: verb active meN-"),
        ("mensyaratkan", "syarat: verb active meN- -kan"),
        ("mempengaruhi", "pengaruh: verb active meN- -i"),
        ("memengaruhi", "pengaruh: verb active meN- -i"),
        ("mentransfer", "transfer: verb active meN-"),
        ("memfokuskan", "fokus: verb active meN- -kan"),
        ("menembakkan", "tembak: verb active meN- -kan"),
        ("menyerahkan", "serah: verb active meN- -kan"),
        ("menandatangani", "tandatangan: verb active meN- -i"),
        ("menyerang", "serang: verb active meN-"),
        ("diserang", "serang: verb passive di-"),
        ("serangan", "serang: result -an"),
        ("penyerangan", "serang: process peN- -an"),
        ("penyerang", "serang: agent peN-"),
        ("terserang", "serang: verb accidental ter-"),
        ("mempersatukan", "satu: verb active meN- per- -kan"),
        ("penyatuan", "satu: process peN- -an"),
        ("persatuan", "satu: activity per- -an"),
        ("kesatuan", "satu: state ke- -an"),
        ("dikirim", "kirim: verb passive di-"),
        ("dikirimkan", "kirim: verb passive di- -kan"),
        ("dikunjungi", "kunjung: verb passive di- -i"),
        ("diperkuat", "kuat: verb passive di- per-"),
        ("diberlakukan", "laku: verb passive di- ber- -kan"),
        ("diketahui", "tahu: verb passive di- ke- -i"),
        ("dipersenjatai", "senjata: verb passive di- per- -i"),
        ("disepakati", "sepakat: verb passive di- -i"),
        ("terbakar", "bakar: verb accidental ter-"),
        ("terasa", "rasa: verb accidental ter-"),
        ("terletak", "letak: verb accidental ter-"),
        ("tertangkap", "tangkap: verb accidental ter-"),
        ("terpercaya", "percaya: verb accidental ter-"),
        ("terselesaikan", "selesai: verb accidental ter- -kan"),
        ("tertinggi", "tinggi: verb accidental ter-"),
        ("berlayar", "layar: verb middle ber-"),
        ("bekerja", "kerja: verb middle ber-"),
        ("belajar", "ajar: verb middle ber-"),
        ("berenang", "renang: verb middle ber-"),
        ("berunding", "runding: verb middle ber-"),
        ("bertemu", "temu: verb middle ber-"),
        ("bermusuhan", "musuh: verb middle ber- -an"),
        ("berkelanjutan", "lanjut: verb middle ber- ke- -an"),
        ("berpengalaman", "alam: verb middle ber- peN- -an"),
        ("berperang", "perang: verb middle ber-"),
        ("bersenjata", "senjata: verb middle ber-"),
        ("berdasarkan", "dasar: verb middle ber- -kan"),
        ("perkuat", "kuat: verb per-"),
        ("serahkan", "serah: verb -kan"),
        ("hadapi", "hadap: verb -i"),
        ("kubaca", "baca: verb passive ku-"),
        ("kauambil", "ambil: verb passive kau-"),
        ("kuserahkan", "serah: verb passive ku- -kan"),
        ("kukirim", "kirim: verb passive ku-"),
        ("pembangunan", "bangun: process peN- -an"),
        ("pengiriman", "kirim: process peN- -an"),
        ("pelatihan", "latih: process peN- -an"),
        ("penembakan", "tembak: process peN- -an"),
        ("pengeboman", "bom: process peN- -an"),
        ("pengesahan", "sah: process peN- -an"),
        ("penyitaan", "sita: process peN- -an"),
        ("pemukulan", "pukul: process peN- -an"),
        ("pemberlakuan", "laku: process peN- ber- -an"),
        ("pemberhentian", "henti: process peN- ber- -an"),
        ("pengetahuan", "tahu: process peN- ke- -an"),
        ("penyeragaman", "seragam: process peN- -an"),
        ("penandatanganan", "tandatangan: process peN- -an"),
        ("peluncuran", "luncur: process peN- -an"),
        ("perampasan", "rampas: process peN- -an"),
        ("perakitan", "rakit: process peN- -an"),
        ("pertemuan", "temu: activity per- -an"),
        ("pekerjaan", "kerja: activity per- -an"),
        ("pelajaran", "ajar: activity per- -an"),
        ("perundingan", "runding: process peN- -an"),
        ("perdamaian", "damai: activity per- -an"),
        ("pegunungan", "gunung: activity per- -an"),
        ("persekutuan", "sekutu: activity per- -an"),
        ("permukiman", "mukim: activity per- -an"),
        ("pedesaan", "desa: activity per- -an"),
        ("perubahan", "ubah: activity per- -an"),
        ("perusahaan", "usaha: activity per- -an"),
        ("perjanjian", "janji: activity per- -an"),
        ("kekuatan", "kuat: state ke- -an"),
        ("kehancuran", "hancur: state ke- -an"),
        ("keberhasilan", "hasil: state ke- ber- -an"),
        ("keberangkatan", "berangkat: state ke- -an"),
        ("ketergantungan", "gantung: state ke- ter- -an"),
        ("kepemilikan", "milik: state ke- pe- -an"),
        ("ketidakpastian", "pasti: state ke- tidak- -an"),
        ("ketidakadilan", "adil: state ke- tidak- -an"),
        ("kepercayaan", "percaya: state ke- -an"),
        ("kesepakatan", "sepakat: state ke- -an"),
        ("penulis", "tulis: agent peN-"),
        ("petani", "tani: agent pe-"),
        ("petinju", "tinju: agent pe-"),
        ("pejabat", "jabat: agent pe-"),
        ("pekerja", "kerja: agent pe-"),
        ("pelajar", "ajar: agent pe-"),
        ("pelaut", "pelaut: root"),
        ("pemimpin", "pimpin: agent peN-"),
        ("penembak", "tembak: agent peN-"),
        ("pengawal", "kawal: agent peN-"),
        ("pemerintah", "perintah: agent peN-"),
        ("kiriman", "kirim: result -an"),
        ("latihan", "latih: result -an"),
        ("larangan", "larang: result -an"),
        ("tuduhan", "tuduh: result -an"),
        ("seorang", "orang: measure se-"),
        ("sebesar", "besar: measure se-"),
        ("seharian", "hari: measure se- -an"),
        ("setinggi", "tinggi: measure se-"),
        ("sebenarnya", "benar: measure se- +-nya"),
        ("kedua", "dua: ordinal ke-"),
        ("kelima", "lima: ordinal ke-"),
        ("keseratus", "seratus: ordinal ke-"),
        ("rumahnya", "rumah: root +-nya"),
        ("serangannya", "serang: result -an +-nya"),
        ("benarkah", "benar: root +-kah"),
        ("lihatlah", "lihat: root +-lah"),
        ("kunjungannyalah", "kunjung: result -an +-nya +-lah"),
        ("negaraku", "negara: root +-ku"),
        ("tangkaplah", "tangkap: root +-lah"),
        ("negara-negara", "negara: root full"),
        ("pertanyaan-pertanyaan", "tanya: activity per- -an full"),
        ("serangan-serangannya", "serang: result -an +-nya full"),
        ("bahu-membahu", "bahu: verb active meN- reciprocal"),
        ("tembak-menembak", "tembak: verb active meN- reciprocal"),
        (
            "kunjung-mengunjungi",
            "kunjung: verb active meN- -i reciprocal",
        ),
        ("berlari-lari", "lari: verb middle ber- affixed"),
        ("besar-besaran", "besar: result -an affixed"),
        ("sebaik-baiknya", "baik: measure se- +-nya affixed"),
        ("menari-nari", "tari: verb active meN- affixed"),
        ("kekanak-kanakan", "kanak: state ke- -an affixed"),
        ("buah-buahan", "buah: result -an affixed"),
        ("dibeda-bedakan", "beda: verb passive di- -kan affixed"),
        ("sayur-mayur", "sayur: root imitative"),
        ("mobil-mobilan", "mobil: result -an affixed"),
        ("sehari-hari", "hari: measure se- affixed"),
        ("pertanggungjawaban", "tanggungjawab: activity per- -an"),
        ("ujicoba", "ujicoba: root"),
        ("diujicobakan", "ujicoba: verb passive di- -kan"),
        ("ke-5", "5: ordinal ke-"),
        ("di-upload", "upload: verb passive di-"),
        ("se-Indonesia", "indonesia: measure se-"),
        ("1990-an", "1990: result -an"),
        ("negara-nya", "negara: root +-nya"),
        ("makan", "makan: root"),
        ("berita", "berita: root"),
        ("perang", "perang: root"),
        ("kapal", "kapal: root"),
        ("percaya", "percaya: root"),
        ("perintah", "perintah: root"),
        ("operasi", "operasi: root"),
        ("modernisasi", "modernisasi: root"),
        ("hartawan", "hartawan: root"),
        ("kecaman", "kecam: result -an"),
        ("ancaman", "ancam: result -an"),
        ("mulai", "mulai: root"),
        ("musuh", "musuh: root"),
        ("Menyerang", "serang: verb active meN-"),
        ("DISERANG", "serang: verb passive di-"),
        ("uji coba", "uji coba: root"),
        ("menguji coba", "uji coba: verb active meN-"),
    ];
    let analyser = analyser();
    for (form, expected) in cases {
        let analysis = analyser.analyse(form);
        assert_eq!(line(&analysis), expected, "{form}");
        assert_eq!(
            analyser.analyses(form).first(),
            Some(&analysis),
            "{form}: the best is the first of all"
        );
    }
}

#[test]
fn the_class_of_a_word_decides() {
    let analyser = analyser();
    let check = |form, upos, expected| {
        assert_eq!(line(&analyser.analyse_tagged(form, upos)), expected);
    };
    check("diplomat", Upos::Noun, "diplomat: root");
    check("dinamika", Upos::Noun, "dinamika: root");
    check("meterai", Upos::Noun, "meterai: root");
    check("mendarat", Upos::Verb, "darat: verb active meN-");
    check("ditarget", Upos::Verb, "target: verb passive di-");
    check("penyadapan", Upos::Noun, "sadap: process peN- -an");
}

#[test]
fn a_given_root_decides() {
    let analyser = analyser();
    let as_root = |form, root| {
        analyser
            .analyse_as(form, root)
            .map(|analysis| line(&analysis))
    };
    assert_eq!(
        as_root("mengarang", "arang").as_deref(),
        Some("arang: verb active meN-")
    );
    assert_eq!(
        as_root("mengarang", "Karang").as_deref(),
        Some("karang: verb active meN-")
    );
    assert_eq!(
        as_root("berikan", "beri").as_deref(),
        Some("beri: verb -kan")
    );
    assert_eq!(
        as_root("perundingan", "unding").as_deref(),
        Some("unding: activity per- -an")
    );
    assert_eq!(as_root("menyerang", "kapal"), None);
    assert_eq!(as_root("", ""), None);
}

#[test]
fn roots_can_be_added() {
    let mut analyser = Analyser::default();
    assert_eq!(&*analyser.analyse("penjara").root, "penjara");
    analyser.extend([("jara", 10)].into_iter().collect());
    assert_eq!(&*analyser.analyse("penjara").root, "jara");
    analyser.extend([("penjara", 10)].into_iter().collect());
    assert_eq!(&*analyser.analyse("penjara").root, "penjara");
}

#[test]
fn without_roots_affixes_and_sounds_are_enough_for_common_words() {
    let analyser = Analyser::default();
    let cases = [
        ("membombardir", "bombardir"),
        ("ditembak", "tembak"),
        ("mengevakuasi", "evakuasi"),
        ("memanipulasi", "manipulasi"),
        ("peluncuran", "luncur"),
        ("penyerbuan", "serbu"),
        ("memproduksinya", "produksi"),
        ("berlabuh", "labuh"),
        ("kehancuran", "hancur"),
        ("meluncurkan", "luncur"),
        ("kapal", "kapal"),
        ("tentara", "tentara"),
    ];
    for (form, root) in cases {
        assert_eq!(&*analyser.analyse(form).root, root, "{form}");
    }
}

#[test]
fn applicatives_and_confixes_are_named() {
    let analyser = analyser();
    let applicative = |form| analyser.analyse(form).applicative();
    assert_eq!(applicative("menyerahkan"), Some(Applicative::Kan));
    assert_eq!(applicative("dikunjungi"), Some(Applicative::I));
    assert_eq!(applicative("serangan"), None);
    assert!(analyser.analyse("penyerangan").is_confix());
    assert!(!analyser.analyse("serangan").is_confix());
}

proptest::proptest! {
    /// Any text gives at least one analysis; roots are no longer than the form, but for a sound that the prefix took away.
    #[test]
    fn any_text_has_analyses(form in "\\PC{0,40}") {
        check_analyses(&form);
    }

    /// The same for what looks like words.
    #[test]
    fn any_heap_of_morphemes_has_analyses(
        form in "(me|meng|men|di|ke|se|per|pe|peny|ber|ter|ku|kau){0,3}[a-z]{0,6}(-(me)?[a-z]{1,6})?(kan|i|an)?(nya|ku|mu)?(lah|pun)?"
    ) {
        check_analyses(&form);
    }
}

fn check_analyses(form: &str) {
    let analyser = analyser();
    let lowered = form.to_lowercase();
    let analyses = analyser.analyses(form);
    assert!(!analyses.is_empty());
    assert!(analyses.is_sorted_by_key(|analysis| analysis.cost));
    for analysis in &analyses {
        assert!(
            analysis.root.chars().count() <= lowered.chars().count(),
            "{form}: {analysis:?}"
        );
        assert!(!analysis.root.is_empty() || form.is_empty());
    }
    assert_eq!(analyses[0], analyser.analyse(form));
}
