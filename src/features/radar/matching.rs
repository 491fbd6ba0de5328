//! Finding what an entry is like: candidates by shared keys, then compared exactly, then written down.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{
    Evidence, Fingerprint, FingerprintKind, Likeness, LikenessKind, LikenessStatus, PairOfFiles,
    PairOfPassages,
    measure::{Comparison, MAX_DISTANCE, PictureHash, Shingles, Text, common_shingles, compare},
    store,
    take::{Side, keys_of},
};
use crate::{
    base::{
        clock::Moment,
        ids::{AttachmentId, ContestId, EntryId, FingerprintId, LikenessId},
        json::Json,
    },
    features::{attachments, contests},
    infra::db::{Db, DbError},
};

/// What more entries have than these is material that was handed out (a logo, a song, the first frame of a template), and says
/// nothing of two of them.
const MAX_SHARING: usize = 8;
const MAX_UNDER_KEY: usize = 200;
/// How many texts of a contest a template is told by.
const SAMPLE: i64 = 300;
const MAX_PASSAGES: usize = 12;
const MAX_PASSAGE_CHARS: usize = 600;

/// What is found of other entries, by kind: how sure, and by what.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Findings(BTreeMap<(EntryId, LikenessKind), (i32, Evidence)>);

type Found = BTreeMap<(EntryId, LikenessKind), (i32, Evidence)>;

/// Looks for everything that is like the entry, among all entries of all contests and years. Only reads: comparing takes
/// time. `common`: what says nothing in the entry's contest.
pub fn find_likenesses(db: &mut Db, entry: &EntryId, common: &Shingles) -> Result<Findings, DbError> {
    let own = store::list_of_entry(db, entry)?;
    let mut found = Found::new();
    find_same_files(db, entry, &mut found)?;
    let candidates = candidates(db, &own, common)?;
    find_pictures(&own, &candidates, &mut found);
    find_words(&own, &candidates, common, &mut found);
    Ok(Findings(found))
}

/// Writes down what was found, and forgets what was not found again and nobody had looked at. Answers how many likenesses
/// the entry has.
pub fn keep_likenesses(
    db: &mut Db,
    entry: &EntryId,
    findings: &Findings,
    now: Moment,
) -> Result<usize, DbError> {
    let mut standing = Vec::new();
    for ((other, kind), found) in &findings.0 {
        standing.push(write_down(db, entry, other, *kind, found.clone(), now)?);
    }
    store::delete_open_of_entry(db, entry, &standing)?;
    Ok(standing.len())
}

/// The form's own words, and what many of the latest entries say.
pub fn common_of_contest(db: &mut Db, contest: &ContestId) -> Result<Shingles, DbError> {
    let mut form = String::new();
    if let Some(contest) = contests::store::find(db, contest)? {
        form.push_str(&contest.title);
    }
    for field in contests::views::list_fields(db, contest)? {
        let options = field.settings.options.iter().map(|option| option.label.as_str());
        for text in [field.label.as_str(), &field.help].into_iter().chain(options) {
            form.push('\n');
            form.push_str(text);
        }
    }
    let mut by_entry: HashMap<EntryId, Shingles> = HashMap::new();
    for (entry, words) in store::list_latest_words(db, contest, SAMPLE)? {
        by_entry.entry(entry).or_default().extend(Text::read(&words).shingles());
    }
    let mut common = common_shingles(by_entry.values());
    common.extend(Text::read(&form).shingles());
    Ok(common)
}

fn find_same_files(db: &mut Db, entry: &EntryId, found: &mut Found) -> Result<(), DbError> {
    let own = attachments::views::list_of_entry(db, entry)?;
    let hashes: Vec<String> = own.iter().map(|file| file.file_hash.as_str().to_owned()).collect();
    let mut same: HashMap<String, Vec<(AttachmentId, EntryId)>> = HashMap::new();
    for (hash, file, other) in store::list_same_files(db, entry, &hashes)? {
        same.entry(hash).or_default().push((file, other));
    }
    for file in &own {
        let others = same.get(file.file_hash.as_str()).map(Vec::as_slice).unwrap_or_default();
        let n_entries = others.iter().map(|(_, other)| other).collect::<HashSet<_>>().len();
        if n_entries > MAX_SHARING {
            continue;
        }
        for (theirs, other) in others {
            let (score, evidence) = found.entry((other.clone(), LikenessKind::File)).or_default();
            *score = 100;
            evidence.files.push(PairOfFiles { first: file.id.clone(), second: theirs.clone(), at: None });
        }
    }
    Ok(())
}

/// Of other entries, by the fingerprint of ours that found them.
fn candidates(
    db: &mut Db,
    own: &[Fingerprint],
    common: &Shingles,
) -> Result<Vec<(usize, Fingerprint)>, DbError> {
    let mut by: Vec<(usize, FingerprintId)> = Vec::new();
    for (at, fingerprint) in own.iter().enumerate() {
        let mut under: HashMap<i64, Vec<FingerprintId>> = HashMap::new();
        for (key, id) in
            store::list_under_keys(db, &keys_of(fingerprint.kind, &fingerprint.value, common, Side::Asked))?
        {
            under.entry(key).or_default().push(id);
        }
        let ids: HashSet<FingerprintId> =
            under.into_values().filter(|ids| ids.len() <= MAX_UNDER_KEY).flatten().collect();
        by.extend(ids.into_iter().map(|id| (at, id)));
    }
    let ids: HashSet<FingerprintId> = by.iter().map(|(_, id)| id.clone()).collect();
    let ids: Vec<FingerprintId> = ids.into_iter().collect();
    let rows: HashMap<FingerprintId, Fingerprint> =
        store::list_fingerprints(db, &ids)?.into_iter().map(|row| (row.id.clone(), row)).collect();
    let mut found: Vec<(usize, Fingerprint)> = by
        .into_iter()
        .filter_map(|(at, id)| Some((at, rows.get(&id)?.clone())))
        .filter(|(at, other)| own.get(*at).is_some_and(|own| own.entry_id != other.entry_id))
        .collect();
    found.sort_by(|(a, x), (b, y)| (a, &x.id).cmp(&(b, &y.id)));
    Ok(found)
}

/// What two films share, by the other film's entry: the best score, which frames are alike, the evidence.
type FilmsAlike = HashMap<EntryId, (i32, HashSet<(usize, i32)>, Evidence)>;

fn find_pictures(own: &[Fingerprint], candidates: &[(usize, Fingerprint)], found: &mut Found) {
    let mut films = FilmsAlike::new();
    for (at, fingerprint) in own.iter().enumerate() {
        let Some(hash) = PictureHash::from_hex(&fingerprint.value) else { continue };
        let near: Vec<(u32, &Fingerprint)> = candidates
            .iter()
            .filter(|(of, _)| *of == at)
            .filter_map(|(_, other)| Some((hash.distance(&PictureHash::from_hex(&other.value)?), other)))
            .filter(|(distance, _)| *distance <= MAX_DISTANCE)
            .collect();
        let n_entries = near.iter().map(|(_, other)| &other.entry_id).collect::<HashSet<_>>().len();
        if n_entries > MAX_SHARING {
            continue;
        }
        for (distance, other) in near {
            let (Some(first), Some(second)) = (&fingerprint.attachment_id, &other.attachment_id) else {
                continue;
            };
            let is_frames =
                (fingerprint.kind, other.kind) == (FingerprintKind::Frame, FingerprintKind::Frame);
            let has_frame = [fingerprint.kind, other.kind].contains(&FingerprintKind::Frame);
            let pair = PairOfFiles {
                first: first.clone(),
                second: second.clone(),
                at: has_frame.then_some((fingerprint.position, other.position)),
            };
            let score = PictureHash::score(distance);
            if is_frames {
                let film = films.entry(other.entry_id.clone()).or_default();
                film.0 = film.0.max(score);
                film.1.insert((at, fingerprint.position));
                film.2.files.push(pair);
            } else {
                let of_pair = found.entry((other.entry_id.clone(), LikenessKind::Picture)).or_default();
                of_pair.0 = of_pair.0.max(score);
                of_pair.1.files.push(pair);
            }
        }
    }
    // One still in common may be a title that a program draws; two are the same film.
    for (other, (score, frames, evidence)) in films {
        if frames.len() >= 2 {
            found.insert((other, LikenessKind::Film), (score, evidence));
        }
    }
}

fn find_words(
    own: &[Fingerprint],
    candidates: &[(usize, Fingerprint)],
    common: &Shingles,
    found: &mut Found,
) {
    let texts: Vec<Text> = own.iter().map(|fingerprint| Text::read(&fingerprint.value)).collect();
    for (at, other) in candidates.iter().filter(|(_, other)| other.kind == FingerprintKind::Text) {
        let (Some(fingerprint), Some(text)) = (own.get(*at), texts.get(*at)) else { continue };
        if fingerprint.kind != FingerprintKind::Text {
            continue;
        }
        let compared = compare(text, &Text::read(&other.value), common);
        if !compared.is_near() {
            continue;
        }
        let of_pair = found.entry((other.entry_id.clone(), LikenessKind::Text)).or_default();
        of_pair.0 = of_pair.0.max(compared.score());
        of_pair.1.passages.extend(passages(&compared, fingerprint, other));
        of_pair.1.passages.truncate(MAX_PASSAGES);
    }
}

fn passages(compared: &Comparison, own: &Fingerprint, other: &Fingerprint) -> Vec<PairOfPassages> {
    let cut = |text: &str, (from, to): (usize, usize)| {
        let whole = text.get(from..to).unwrap_or_default();
        let end = whole.floor_char_boundary(MAX_PASSAGE_CHARS * 2);
        let shown: String = whole.get(..end).unwrap_or_default().chars().take(MAX_PASSAGE_CHARS).collect();
        if shown.len() < whole.len() { format!("{shown}…") } else { shown }
    };
    let shown = compared.passages.iter().map(|passage| PairOfPassages {
        first: cut(&own.value, passage.first),
        second: cut(&other.value, passage.second),
        first_file: own.attachment_id.clone(),
        second_file: other.attachment_id.clone(),
    });
    shown.collect()
}

/// A person's word stands, unless the two have become more alike since by a tenth.
fn write_down(
    db: &mut Db,
    entry: &EntryId,
    other: &EntryId,
    kind: LikenessKind,
    (score, evidence): (i32, Evidence),
    now: Moment,
) -> Result<LikenessId, DbError> {
    let in_order = entry < other;
    let (first, second) = if in_order { (entry, other) } else { (other, entry) };
    let evidence = Json(if in_order { evidence } else { turned(evidence) });
    if let Some(mut known) = store::find_of_pair(db, first, second, kind)? {
        if known.status != LikenessStatus::Open && score > known.score + 10 {
            known.status = LikenessStatus::Open;
            known.status_at = now;
        }
        known.score = score;
        known.evidence = evidence;
        store::save(db, &known)?;
        return Ok(known.id);
    }
    let likeness = Likeness {
        id: LikenessId::generate(),
        first_entry_id: first.clone(),
        second_entry_id: second.clone(),
        kind,
        score,
        evidence,
        status: LikenessStatus::Open,
        status_reason: None,
        status_by: None,
        status_at: now,
        found_at: now,
    };
    store::insert_likeness(db, &likeness)?;
    Ok(likeness.id)
}

fn turned(evidence: Evidence) -> Evidence {
    let files = evidence.files.into_iter().map(|pair| PairOfFiles {
        first: pair.second,
        second: pair.first,
        at: pair.at.map(|(first, second)| (second, first)),
    });
    let passages = evidence.passages.into_iter().map(|pair| PairOfPassages {
        first: pair.second,
        second: pair.first,
        first_file: pair.second_file,
        second_file: pair.first_file,
    });
    Evidence { files: files.collect(), passages: passages.collect() }
}
