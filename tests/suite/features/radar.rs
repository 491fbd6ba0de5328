//! The radar for copies: what it finds, what it leaves alone, and that people have the last word.

use std::sync::Arc;

use hoithi::{
    base::ids::{EntryId, UnitId},
    features::{
        accounts::Person,
        contests::Contest,
        entries::{self, Entry},
        radar::{self, DecideLikenessError, Likeness, LikenessKind, LikenessStatus},
        units,
    },
    jobs::radar::{Heard, Progress, sweep},
};

use crate::support::{Stage, Work, a_document, a_likeness, media};

const ESSAY: &str = "Chi hội tổ chức sinh hoạt hằng tháng bằng sổ tay số trên điện thoại. Mỗi chị em quét một mã để \
    điểm danh, xem tài liệu và góp ý ngay trong buổi họp. Ban chấp hành tổng hợp ý kiến thành bảng, gửi lại cho từng tổ \
    trước ngày mười lăm và theo dõi việc nào đã xong, việc nào còn chờ. Sau sáu tháng, số hội viên dự họp tăng từ bốn \
    mươi lên bảy mươi hai người, giấy in giảm hẳn và các chị lớn tuổi cũng tự mở được bài.";
const OTHER: &str = "Tổ phụ nữ ấp Bình Phú làm phim ngắn về phân loại rác tại nguồn. Các chị tự viết kịch bản, quay \
    bằng máy của con gái và dựng trên phần mềm miễn phí. Phim dài ba phút, có phụ đề, chiếu ở nhà văn hóa và gửi cho \
    trường học. Nhiều nhà đã làm thùng ủ từ vỏ dừa và trồng rau sạch bằng phân ấy suốt mùa khô vừa rồi.";

struct World {
    stage: Stage,
    contest: Contest,
    organiser: Arc<Person>,
    province: UnitId,
}

impl World {
    async fn new() -> Self {
        let stage = Stage::new();
        let province = stage.a_unit("Hội LHPN tỉnh Bến Tre").level("province").make().await;
        let contest = stage.a_contest(&province).await;
        let officer = stage.an_officer(&province).await;
        let organiser = stage.person_of(&officer).await;
        Self { stage, contest, organiser, province }
    }

    async fn entry(&self, work: &Work) -> EntryId {
        let unit = self.stage.a_unit("Hội LHPN xã Kín").below(&self.province).make().await;
        self.stage.a_work(&self.contest, &unit, &self.organiser, work).await
    }

    async fn likenesses(&self, entry: &EntryId) -> Vec<Likeness> {
        let entry = entry.clone();
        self.stage.read(move |db| radar::views::list_of_entry(db, &entry)).await.unwrap()
    }

    async fn kinds(&self, entry: &EntryId) -> Vec<LikenessKind> {
        self.likenesses(entry).await.into_iter().map(|likeness| likeness.kind).collect()
    }
}

#[actix_web::test]
async fn words_that_were_copied_are_found_across_contests_and_typed_without_marks() {
    let world = World::new().await;
    let first = world.entry(&Work::saying("Sổ tay số", ESSAY)).await;
    let unlike = world.entry(&Work::saying("Phim về rác", OTHER)).await;
    world.stage.work_off().await;
    assert!(world.likenesses(&first).await.is_empty() && world.likenesses(&unlike).await.is_empty());

    // Another year's contest of another province; the thief has no accents on the keyboard and changes some words.
    world.stage.clock_forward(chrono::Duration::days(400));
    let elsewhere = world.stage.a_unit("Hội LHPN tỉnh Trà Vinh").level("province").make().await;
    let later = world.stage.a_contest(&elsewhere).await;
    let officer = world.stage.an_officer(&elsewhere).await;
    let officer = world.stage.person_of(&officer).await;
    let changed =
        hoithi::base::text::fold(ESSAY).replace("bon muoi len bai muoi hai", "ba muoi len sau muoi");
    let copy =
        world.stage.a_work(&later, &elsewhere, &officer, &Work::saying("Sáng kiến mới", &changed)).await;
    // The words of a document count as well.
    let document = a_document(&format!("Lời đầu. {ESSAY} Lời cuối."), "Chị Lộ Tên");
    let filed = Work::saying("Báo cáo", "Xem tệp").with("bao-cao.docx", &document);
    let filed = world.stage.a_work(&later, &elsewhere, &officer, &filed).await;
    world.stage.work_off().await;

    let found = world.likenesses(&first).await;
    assert_eq!(found.iter().map(|likeness| likeness.kind).collect::<Vec<_>>(), [LikenessKind::Text; 2]);
    assert!(found.iter().all(|likeness| likeness.score >= 70), "{found:?}");
    let with_copy = found.iter().find(|likeness| likeness.second_entry_id == copy).unwrap();
    let passage = &with_copy.evidence.passages[0];
    assert!(ESSAY.contains(&passage.first), "as the first has it: {}", passage.first);
    assert!(changed.contains(&passage.second), "as the second has it: {}", passage.second);
    assert_eq!(world.kinds(&filed).await, [LikenessKind::Text; 2], "like the first and like the copy");
    assert!(world.likenesses(&unlike).await.is_empty());
}

#[actix_web::test]
async fn a_template_that_everybody_fills_in_is_no_copy() {
    let world = World::new().await;
    let mut entries = Vec::new();
    for n in 0..8 {
        let own = format!("bài của tổ số {n} nói về việc riêng {n} với cách làm {} chưa ai làm", n * 7);
        entries.push(world.entry(&Work::saying(&format!("Bài {n}"), &format!("{ESSAY}\n{own}"))).await);
    }
    // One of them was copied, template and all.
    let stolen = format!("{ESSAY}\nbài của tổ số 3 nói về việc riêng 3 với cách làm 21 chưa ai làm. {OTHER}");
    let owner = world.entry(&Work::saying("Gốc", &stolen)).await;
    let thief = world.entry(&Work::saying("Bản chép", &stolen)).await;
    world.stage.work_off().await;
    let hear = |_: Progress| -> Heard { Box::pin(async { Ok(()) }) };
    let swept = sweep(&world.stage.tools(), Some(world.contest.id.clone()), hear).await.unwrap();
    assert_eq!((swept.entries, swept.fingerprinted), (10, 0));
    for entry in &entries {
        assert!(world.likenesses(entry).await.is_empty());
    }
    let found = world.likenesses(&owner).await;
    assert_eq!(found.len(), 1);
    assert!([&found[0].first_entry_id, &found[0].second_entry_id].contains(&&thief));
}

#[actix_web::test]
async fn files_pictures_and_films_are_known_again_and_codes_are_not_mixed_up() {
    let world = World::new().await;
    let picture = image::load_from_memory(&media("anh-khoi-nghiep.jpg")).unwrap();
    let mut smaller = std::io::Cursor::new(Vec::new());
    let changed = picture.crop_imm(16, 10, picture.width() - 32, picture.height() - 20);
    let changed = changed.resize(500, 500, image::imageops::FilterType::Triangle).grayscale();
    changed.write_to(&mut smaller, image::ImageFormat::Png).unwrap();
    let film = world.stage.database.folder().join("copy.mp4");
    let args = [
        "-v",
        "error",
        "-i",
        "demo/media/clip-bao-ve-moi-truong.mp4",
        "-vf",
        "scale=320:-2",
        "-crf",
        "36",
        "-an",
    ];
    let args: Vec<&str> = args.into_iter().chain([film.to_str().unwrap()]).collect();
    assert!(std::process::Command::new("ffmpeg").args(args).status().unwrap().success());

    let of = |title: &str, name: &str, bytes: &[u8]| Work::saying(title, title).with(name, bytes);
    let original = world.entry(&of("Ảnh", "a.jpg", &media("anh-khoi-nghiep.jpg"))).await;
    let cropped = world.entry(&of("Ảnh khác tên", "b.png", smaller.get_ref())).await;
    let clip = world.entry(&of("Phim", "a.mp4", &media("clip-bao-ve-moi-truong.mp4"))).await;
    let clip_again = world.entry(&of("Phim nhỏ", "b.mp4", &std::fs::read(&film).unwrap())).await;
    let code = world.entry(&of("Mã một", "a.png", &media("ma-qr-cham-soc-tre-em.png"))).await;
    let other_code = world.entry(&of("Mã hai", "b.png", &media("ma-qr-an-toan-giao-thong.png"))).await;
    let same_code = world.entry(&of("Mã ba", "c.png", &media("ma-qr-an-toan-giao-thong.png"))).await;
    let other_clip = world.entry(&of("Phim khác", "c.mp4", &media("clip-cham-soc-tre-em.mp4"))).await;
    world.stage.work_off().await;

    assert_eq!(world.kinds(&original).await, [LikenessKind::Picture]);
    assert_eq!(world.kinds(&cropped).await, [LikenessKind::Picture]);
    assert_eq!(world.kinds(&clip).await, [LikenessKind::Film]);
    assert_eq!(world.kinds(&clip_again).await, [LikenessKind::Film]);
    assert_eq!(world.kinds(&other_clip).await, []);
    assert_eq!(world.kinds(&code).await, []);
    assert_eq!(world.kinds(&other_code).await, [LikenessKind::File]);
    assert_eq!(world.likenesses(&same_code).await[0].score, 100);
}

#[actix_web::test]
async fn what_a_person_said_stands_when_the_radar_looks_again() {
    let world = World::new().await;
    let first = world.entry(&Work::saying("Sổ tay số", ESSAY)).await;
    let second = world.entry(&Work::saying("Sổ tay khác", ESSAY)).await;
    world.stage.work_off().await;
    let likeness = world.likenesses(&first).await.remove(0);
    assert_eq!(likeness.status, LikenessStatus::Open);
    assert!(likeness.score >= 95, "{}", likeness.score);

    let (who, id, now) = (Arc::clone(&world.organiser), likeness.id.clone(), world.stage.now());
    let dismiss = move |reason: &'static str| {
        let (who, id) = (Arc::clone(&who), id.clone());
        move |db: &mut hoithi::infra::db::Db| radar::dismiss_likeness(db, &who, &id, reason, now)
    };
    let refused = world.stage.write(dismiss("  ")).await.unwrap_err();
    assert!(matches!(refused, DecideLikenessError::Invalid(_)));
    world.stage.write(dismiss("Hai chị viết chung")).await.unwrap();

    let hear = |_: Progress| -> Heard { Box::pin(async { Ok(()) }) };
    let swept = sweep(&world.stage.tools(), None, hear).await.unwrap();
    assert_eq!((swept.entries, swept.fingerprinted, swept.likenesses), (2, 0, 2));
    let again = world.likenesses(&second).await.remove(0);
    assert_eq!(
        (again.status, again.status_reason.as_deref()),
        (LikenessStatus::Dismissed, Some("Hai chị viết chung"))
    );
    assert_eq!(again.id, likeness.id);
}

/// A page reads all that are open where they are few, and asks for its own entries where they are many.
#[actix_web::test]
async fn open_likenesses_are_counted_however_many_there_are() {
    let world = World::new().await;
    let (stage, now) = (&world.stage, world.stage.now());
    let of = world.province.clone();
    let unit = stage.read(move |db| units::store::find(db, &of)).await.unwrap().unwrap();
    let begun = || Entry::begun(&world.contest.id, (unit.clone(), String::new()), &world.organiser.id, now);
    let entries: Vec<Entry> = std::iter::repeat_with(begun).take(22).collect();
    let mut ids: Vec<EntryId> = entries.iter().map(|entry| entry.id.clone()).collect();
    ids.sort();
    stage
        .write(move |db| entries.iter().try_for_each(|entry| entries::store::insert(db, entry)))
        .await
        .unwrap();
    let counted = async |of: &[EntryId]| {
        let of = of.to_vec();
        stage.read(move |db| radar::views::count_open(db, &of)).await.unwrap()
    };
    let pairs = ids.iter().enumerate().flat_map(|(at, first)| {
        ids.iter().skip(at + 1).map(move |second| a_likeness(first, second, now)).collect::<Vec<_>>()
    });
    let mut pairs: Vec<Likeness> = pairs.collect();
    let rest = pairs.split_off(30);
    for (some, of_fourth) in [(pairs, 2), (rest, 21)] {
        stage
            .write(move |db| some.iter().try_for_each(|pair| radar::store::insert_likeness(db, pair)))
            .await
            .unwrap();
        let asked = counted(&ids[..4]).await;
        assert_eq!((asked.get(&ids[0]), asked.get(&ids[3])), (Some(&21), Some(&of_fourth)));
        assert_eq!(asked.len(), 4);
    }
}
