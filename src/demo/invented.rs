//! Entries that nobody made, for contests that are under way: what they are called, say and lead to.

use std::collections::BTreeMap;

use chrono::Duration;

use super::works::{COPIED_COVER, COVER, Works};
use crate::{
    base::{clock::Moment, ids::UnitId},
    features::{
        attachments::ImportedEntry,
        contests::{Contest, EntryKind, Field, FieldKind},
        entries::{Answer, Answers},
    },
};

const FORMS: [&str; 6] = [
    "Video clip",
    "Bộ tài liệu mã QR",
    "Mini game",
    "Trò chơi ô chữ",
    "Bài trình chiếu",
    "Ứng dụng/đường dẫn",
];
/// As people paste them, with what follows them around. The works behind them are invented.
const LINKS: [&str; 6] = [
    "https://youtu.be/hoithi-mau0?si=demo",
    "https://www.canva.com/design/DAHoiThiMau/minh-hoa/edit?utm_source=sharebutton",
    "https://drive.google.com/file/d/1HoiThiMinhHoa/view?usp=sharing",
    "https://www.tiktok.com/@hoithi.minhhoa/video/7300000000000000000?is_from_webapp=1",
    "https://padlet.com/hoithi_minhhoa/bang-tin",
    "https://docs.google.com/forms/d/e/1HoiThiMinhHoa/viewform?usp=sf_link",
];
const THEMES: [&str; 6] = [
    "bảo vệ môi trường",
    "an toàn trên mạng",
    "chăm sóc trẻ em",
    "an toàn giao thông",
    "khởi nghiệp",
    "gia đình 5 không 3 sạch",
];

/// What two of the invented entries say, for the radar to find.
const COPIED: &str = "Chi hội tổ chức sinh hoạt hằng tháng bằng sổ tay số trên điện thoại. Mỗi chị em quét một mã để điểm \
    danh, xem tài liệu và góp ý ngay trong buổi họp. Ban chấp hành tổng hợp ý kiến thành bảng, gửi lại cho từng tổ trước \
    ngày mười lăm và theo dõi việc nào đã xong, việc nào còn chờ. Sau sáu tháng, số hội viên dự họp tăng từ bốn mươi lên \
    bảy mươi hai người, giấy in giảm hẳn. (Nội dung minh họa.)";

/// The entry of number `n` of a commune.
pub fn invented(
    works: &Works,
    contest: &Contest,
    fields: &[Field],
    (unit, unit_name): (&UnitId, &str),
    n: usize,
    now: Moment,
) -> anyhow::Result<ImportedEntry> {
    let pick = |words: &[&'static str], n: usize| words.get(n % words.len()).copied().unwrap_or_default();
    let (form, theme) = (pick(&FORMS, n), pick(&THEMES, n / 2));
    let title = format!("{form} tuyên truyền {theme}");
    let kind = if n.is_multiple_of(2) { EntryKind::Collective } else { EntryKind::Individual };
    let authors = match kind {
        EntryKind::Collective => unit_name.to_owned(),
        _ => format!("Người dự thi thử nghiệm {}", n + 1),
    };
    let mut answers = BTreeMap::new();
    for field in fields {
        let answer = match field.kind {
            FieldKind::LongText => {
                Answer::Text(match n {
                    5 => COPIED.to_owned(),
                    // The radar's near-copy: some words changed, sent in from another commune.
                    11 => COPIED.replace("hằng tháng", "mỗi tháng").replace("bốn mươi", "ba mươi lăm"),
                    _ => format!("{title}, dùng trong các buổi sinh hoạt. (Nội dung minh họa.)"),
                })
            }
            FieldKind::OneOf => Answer::Choice(form.to_owned()),
            FieldKind::Tools => Answer::Choices(vec!["Canva".to_owned(), "CapCut".to_owned()]),
            FieldKind::Link if n.is_multiple_of(3) => Answer::Link(pick(&LINKS, n / 3).to_owned()),
            _ => continue,
        };
        answers.insert(field.id.clone(), answer);
    }
    let mut files = works.files_for(fields, form, &title, n)?;
    match n {
        5 => works.cover(fields, COVER, &mut files)?,
        11 => works.cover(fields, COPIED_COVER, &mut files)?,
        _ => {}
    }
    Ok(ImportedEntry {
        contest_id: contest.id.clone(),
        unit_id: unit.clone(),
        code: None,
        kind,
        category_id: None,
        files,
        title,
        authors,
        members: Vec::new(),
        answers: Answers(answers),
        tools: vec!["Canva".to_owned(), "CapCut".to_owned()],
        is_accepted: true,
        submitted_at: now - Duration::days(15) + Duration::minutes(i64::try_from(n)? * 37),
    })
}

/// The entries that copy one another.
pub fn is_for_the_radar(entry: &ImportedEntry) -> bool {
    let start = COPIED.split("hằng tháng").next().unwrap_or(COPIED);
    entry.answers.0.values().any(|answer| matches!(answer, Answer::Text(text) if text.starts_with(start)))
}
