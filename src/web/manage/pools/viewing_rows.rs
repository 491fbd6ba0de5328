//! What each judge looked at, folded by judge: a line that sums it up, and one for each entry.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::head::Led;
use crate::{
    base::{
        clock::Moment,
        ids::{AccountId, AttachmentId, EntryId},
    },
    features::{
        attachments::{Attachment, renditions::views::PageCounts},
        contests::RoundDesk,
        judging::{
            assigning::{JudgeFacts, StandingEntry},
            viewing::{Look, Measure, Ranges, Viewing, ViewingWaiver, lacking, looks},
            views::Task,
        },
    },
    web::words::Words,
};

#[derive(Debug, Serialize)]
pub struct JudgeLooks {
    pub number: i32,
    pub judge: String,
    /// "27 bài: 12 đã xem hết, 3 xem một phần, 12 chưa xem".
    pub summary: String,
    /// How many entries lack what the round asks for; empty without a gate, or where none does.
    pub lacking: String,
    pub waived: String,
    pub rows: Vec<ViewingRow>,
}

#[derive(Debug, Serialize)]
pub struct ViewingRow {
    pub code: String,
    pub title: String,
    /// "Tệp 2: 3/12 trang", for each file of the entry.
    pub looks: Vec<String>,
    pub first: String,
    pub last: String,
    /// The sheet cannot be given yet.
    pub lacks: bool,
    /// Why the sheet may be given without; empty when it was not waived.
    pub waived: String,
    #[serde(skip)]
    extent: Extent,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    Whole,
    Part,
    Nothing,
}

pub struct ViewingFacts {
    pub desk: RoundDesk,
    pub files: Vec<Attachment>,
    pub pages: PageCounts,
    pub entries: Vec<StandingEntry>,
    pub judges: Vec<JudgeFacts>,
    pub tasks: Vec<Task>,
    pub viewings: Vec<Viewing>,
    pub waivers: Vec<ViewingWaiver>,
}

impl ViewingFacts {
    /// By number and code; what nobody has looked at yet too.
    pub fn by_judge(&self, led: &Led, words: &Words) -> Vec<JudgeLooks> {
        let entries: HashMap<&EntryId, &StandingEntry> =
            self.entries.iter().map(|entry| (&entry.id, entry)).collect();
        let judges: HashMap<&AccountId, &JudgeFacts> =
            self.judges.iter().map(|judge| (&judge.member.account_id, judge)).collect();
        let mut files: HashMap<&EntryId, Vec<Attachment>> = HashMap::new();
        for file in &self.files {
            files.entry(&file.entry_id).or_default().push(file.clone());
        }
        let mut of_pair: HashMap<(&AccountId, &EntryId), Vec<&Viewing>> = HashMap::new();
        for viewing in &self.viewings {
            of_pair.entry((&viewing.judge_id, &viewing.entry_id)).or_default().push(viewing);
        }
        let mut groups: BTreeMap<(i32, &str), Vec<ViewingRow>> = BTreeMap::new();
        for task in &self.tasks {
            let Some((entry, judge)) = entries.get(&task.entry_id).zip(judges.get(&task.judge_id)) else {
                continue;
            };
            let seen = of_pair.remove(&(&task.judge_id, &task.entry_id)).unwrap_or_default();
            let files = files.get(&entry.id).map_or(&[][..], Vec::as_slice);
            let row = self.row(led, words, (entry, files), &task.judge_id, &seen);
            groups.entry((judge.member.number, judge.full_name.as_str())).or_default().push(row);
        }
        let groups = groups.into_iter().map(|((number, judge), mut rows)| {
            rows.sort_by(|one, other| one.code.cmp(&other.code));
            summed_up(number, judge, rows, words)
        });
        groups.collect()
    }

    fn row(
        &self,
        led: &Led,
        words: &Words,
        (entry, files): (&StandingEntry, &[Attachment]),
        judge: &AccountId,
        seen: &[&Viewing],
    ) -> ViewingRow {
        let waiver =
            self.waivers.iter().find(|waiver| waiver.judge_id == *judge && waiver.entry_id == entry.id);
        let told: HashMap<AttachmentId, Ranges> =
            seen.iter().map(|viewing| (viewing.attachment_id.clone(), viewing.seen.0.clone())).collect();
        let looks = looks(files, &self.pages, &told);
        let at = |at: Option<Moment>| at.map(|at| words.date_time(at)).unwrap_or_default();
        ViewingRow {
            code: entry.code.clone(),
            title: led.title_of(&entry.title, &entry.authors, &entry.unit_name),
            first: at(seen.iter().map(|viewing| viewing.started_at).min()),
            last: at(seen.iter().map(|viewing| viewing.last_at).max()),
            lacks: waiver.is_none() && !lacking(&self.desk, &looks).is_empty(),
            waived: waiver.map(|waiver| waiver.reason.clone()).unwrap_or_default(),
            extent: match &looks {
                looks if looks.iter().all(Look::is_whole) => Extent::Whole,
                looks if looks.iter().any(|look| look.seen > 0) => Extent::Part,
                _ => Extent::Nothing,
            },
            looks: looks.iter().map(|look| look_words(look, words)).collect(),
        }
    }
}

fn summed_up(number: i32, judge: &str, rows: Vec<ViewingRow>, words: &Words) -> JudgeLooks {
    let extent = |extent: Extent| rows.iter().filter(|row| row.extent == extent).count();
    let counts = [
        ("n", rows.len().into()),
        ("whole", extent(Extent::Whole).into()),
        ("part", extent(Extent::Part).into()),
        ("nothing", extent(Extent::Nothing).into()),
    ];
    let counted = |key: &str, n: usize| {
        if n > 0 { words.say_with(key, &[("n", n.into())]) } else { String::new() }
    };
    JudgeLooks {
        number,
        judge: judge.to_owned(),
        summary: words.say_with("viewing-summary", &counts),
        lacking: counted("viewing-summary-lacking", rows.iter().filter(|row| row.lacks).count()),
        waived: counted("viewing-summary-waived", rows.iter().filter(|row| !row.waived.is_empty()).count()),
        rows,
    }
}

fn look_words(look: &Look, words: &Words) -> String {
    let key = match (look.measure, look.whole) {
        (Measure::Seconds, Some(_)) => "viewing-seconds",
        (Measure::Seconds, None) => "viewing-seconds-alone",
        (Measure::Pages, _) => "viewing-pages",
        (Measure::Opened, _) if look.seen > 0 => "viewing-opened",
        (Measure::Opened, _) => "viewing-unopened",
    };
    let args = [
        ("n", look.number.into()),
        ("seen", look.seen.into()),
        ("whole", look.whole.unwrap_or_default().into()),
    ];
    words.say_with(key, &args)
}
