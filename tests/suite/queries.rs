//! No page asks the database more often because there is more to show: every page of the table of permissions is asked for
//! in the demonstration, then everything that lists show becomes many times as much, and every page is asked for again.

use std::collections::BTreeMap;

use hoithi::{
    base::ids::{AwardId, CategoryId, EntryId, FieldId, PoolId, UnitId},
    features::{
        accounts::{OfficeRole, Person, views::find_by_sign_in},
        attachments::{ImportedEntry, MediaFacts, NewFile, import_entry},
        contests::{self, Contest, EntryKind, FieldKind, MediaKind},
        entries::Answers,
        judging::{self, TypedSheet},
        units,
    },
    infra::db::{Db, DbError},
};

use crate::{
    permissions::{DEMO_PASSWORD, filled, names, table},
    support::{Guest, Stage},
};

/// How many more there are of each thing afterwards.
const MORE: usize = 24;

#[actix_web::test]
async fn no_page_makes_more_queries_when_there_is_more_to_show() {
    let mut stage = Stage::new();
    stage.app = hoithi::demo::fill(stage.app.clone(), 0, |_| {}).await.unwrap();
    let names = names(&stage).await;
    let mut guests = BTreeMap::new();
    for (letter, sign_in) in
        [('A', "administrator"), ('j', "judge2"), ('m', "member"), ('d', "district.officer")]
    {
        let mut guest = stage.anyone();
        let name = format!("{sign_in}@hoithi.example");
        guest.post("/sign-in", &[("name", &name), ("password", DEMO_PASSWORD)]).await;
        guests.insert(letter, guest);
    }
    guests.insert('a', stage.anyone());
    let few = count_all(&stage, &mut guests, &names).await;
    grow(&stage, &names, &mut guests).await;
    let many = count_all(&stage, &mut guests, &names).await;
    let grown: Vec<String> = many
        .iter()
        .filter(|(page, count)| few.get(*page).is_none_or(|before| before < count))
        .map(|(page, count)| format!("{page}: {:?} became {count}", few.get(page)))
        .collect();
    assert!(many.len() > 100, "only {} pages were asked for", many.len());
    assert!(grown.is_empty(), "{} pages ask more often:\n{}", grown.len(), grown.join("\n"));
}

/// The queries of each page, for each of those who may see it.
async fn count_all(
    stage: &Stage,
    guests: &mut BTreeMap<char, Guest>,
    names: &BTreeMap<&'static str, String>,
) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for ((method, pattern), who) in table() {
        if method != "GET" || pattern.starts_with("/assets/") || pattern == "/metrics" {
            continue;
        }
        for (letter, guest) in guests.iter_mut() {
            let may = who.contains('*') || who.contains(*letter) || (who.contains('s') && *letter != 'a');
            if !may || (pattern.starts_with("/api/") && !who.contains('*')) {
                continue;
            }
            let path = filled(&pattern, names);
            let mut made = 0;
            // Asked twice, because the first time may write down that a session was seen.
            for _ in 0..2 {
                made = stage.count_queries(async || drop(guest.get(&path).await)).await;
            }
            counts.insert(format!("{letter} {pattern}"), made);
        }
    }
    counts
}

async fn grow(stage: &Stage, names: &BTreeMap<&'static str, String>, guests: &mut BTreeMap<char, Guest>) {
    let now = stage.now();
    let district: UnitId = names["unit"].parse().unwrap();
    let pool: PoolId = names["pool"].parse().unwrap();
    let officer = stage.person_of(&guests[&'A']).await;
    let picture = stage.app.files.keep_bytes(crate::support::PICTURE).unwrap();
    let of_unit = district.clone();
    let member = stage.person_of(&guests[&'m']).await;
    stage
        .write(move |db| -> Result<_, DbError> {
            let contest = contests::views::find_by_slug(db, "chuyen-doi-so")?.unwrap();
            let commune = member.offices[0].unit_id.clone();
            let mut of_pool = Vec::new();
            for n in 0..MORE {
                let entry = imported(db, &contest, &commune, n, &picture)?;
                import_entry(db, &officer, &entry).unwrap();
                let entry =
                    ImportedEntry { is_accepted: true, ..imported(db, &contest, &of_unit, n, &picture)? };
                of_pool.push(import_entry(db, &officer, &entry).unwrap().entry.id);
            }
            judge_some(db, &officer, &pool, &of_pool, now);
            declare_more(db, &contest)?;
            for n in 0..MORE {
                let new = units::NewUnit {
                    code: format!("more-{n}"),
                    name: format!("Hội LHPN xã Mới {n}"),
                    level: units::LevelCode::new("commune"),
                    kind: units::UnitKind::Territorial,
                    parent_id: Some(of_unit.clone()),
                    valid_from: "2020-01-01".parse().unwrap(),
                };
                units::add_unit(db, &units::TreeKeeper::operator(), &new, now).unwrap();
            }
            Ok(())
        })
        .await
        .unwrap();
    for n in 0..MORE {
        let (account, _) = stage.a_person(&format!("Người mới {n}")).await;
        stage.give_office(&account, &district, OfficeRole::Officer).await;
    }
    for letter in ['d', 'm'] {
        let invite = format!("/manage/units/{district}/invitations");
        let fields = [("full_name", "Người được mời"), ("role", "member"), ("title", ""), ("days", "14")];
        for _ in 0..5 {
            guests.get_mut(&letter).unwrap().post(&invite, &fields).await;
        }
    }
    for _ in 0..5 {
        let account = [("name", "member@hoithi.example"), ("password", DEMO_PASSWORD)];
        stage.anyone().post("/sign-in", &account).await;
    }
}

fn imported(
    db: &mut Db,
    contest: &Contest,
    unit: &UnitId,
    n: usize,
    picture: &hoithi::infra::files::StoredFile,
) -> Result<ImportedEntry, DbError> {
    let fields = contests::views::list_fields(db, &contest.id)?;
    let slot = fields.into_iter().find(|field| field.kind == FieldKind::Files).unwrap();
    let file = NewFile {
        field_id: slot.id,
        file_name: format!("tệp {n}.png"),
        media_type: "image/png".into(),
        kind: MediaKind::Picture,
        facts: MediaFacts::default(),
    };
    Ok(ImportedEntry {
        contest_id: contest.id.clone(),
        unit_id: unit.clone(),
        code: None,
        kind: EntryKind::Individual,
        category_id: None,
        title: format!("Thêm một bài {n}"),
        authors: format!("Người dự thi {n}"),
        members: vec![format!("Thành viên {n}")],
        answers: Answers::default(),
        tools: vec!["Canva".into()],
        files: vec![(file, picture.clone())],
        is_accepted: false,
        submitted_at: contest.opened_at.unwrap(),
    })
}

/// Every judge has the new entries, and has given a sheet for half of them.
fn judge_some(
    db: &mut Db,
    officer: &Person,
    pool: &PoolId,
    entries: &[EntryId],
    now: hoithi::base::clock::Moment,
) {
    let name = "judge2@hoithi.example".parse().unwrap();
    let judge = find_by_sign_in(db, &name).unwrap().unwrap();
    let judge = hoithi::features::accounts::views::person_of(db, &judge.id, now).unwrap().unwrap();
    let round = hoithi::features::pools::store::find(db, pool).unwrap().unwrap().round_id;
    let criteria = contests::views::list_criteria(db, &round).unwrap();
    for (n, entry) in entries.iter().enumerate() {
        judging::assign(db, officer, pool, entry, &judge.id, now).unwrap();
        if n % 2 == 0 {
            let marks = criteria.iter().map(|criterion| (criterion.id.clone(), criterion.max_mark));
            judging::submit_sheet(db, &judge, pool, entry, &TypedSheet::of_marks(0, marks), now).unwrap();
        }
    }
}

fn declare_more(db: &mut Db, contest: &Contest) -> Result<(), DbError> {
    let category = contests::views::list_categories(db, &contest.id)?.remove(0);
    let field = contests::views::list_fields(db, &contest.id)?.remove(0);
    let award = contests::views::list_awards(db, &contest.id)?.remove(0);
    for n in 0..6 {
        let position = 100 + n;
        let name = format!("Thêm {n}");
        let id = CategoryId::generate();
        contests::store::insert_category(
            db,
            &contests::Category { id, position, name: name.clone(), ..category.clone() },
        )?;
        let id = FieldId::generate();
        let row = contests::Field { id, position, label: name.clone(), is_required: false, ..field.clone() };
        contests::store::insert_field(db, &row)?;
        let id = AwardId::generate();
        contests::store::insert_award(db, &contests::Award { id, position, name, ..award.clone() })?;
    }
    Ok(())
}
