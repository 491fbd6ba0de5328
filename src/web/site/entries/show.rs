//! One entry for everyone: its media, what it is about, where it came from, what it won.

use std::sync::Arc;

use actix_web::{HttpResponse, web::Path};
use serde::Serialize;

use crate::{
    features::{
        accounts::Person,
        attachments::{self, Attachment, renditions::KeptViewings, views::MediaOf},
        awards::{self, views::WonAward},
        contests::ContestParts,
        entries::{
            self, EntryPerson, PersonPart, policy,
            views::{PublicEntry, Station, find_by_code, path_of_entry},
        },
        judging,
    },
    infra::db::{Db, DbError},
    web::{
        entry_parts::{
            Labels, Looker, ShownAnswer, ShownFile, ShownStation, show_answers, show_files, show_path,
        },
        error::WebError,
        form::AppData,
        render::Page,
        visitor::Visitor,
        words::Words,
    },
};

#[derive(Debug, Serialize)]
struct EntryPage {
    slug: String,
    contest_title: String,
    code: String,
    title: String,
    unit: String,
    unit_href: String,
    kind: String,
    category: String,
    authors: String,
    members: Vec<String>,
    awards: Vec<ShownAward>,
    path: Vec<ShownStation>,
    answers: Vec<ShownAnswer>,
    files: Vec<ShownFile>,
    /// Seen before it is published, by those who deal with it.
    is_preview: bool,
}

impl Page for EntryPage {
    const TEMPLATE: &'static str = "site/entries/show.html";
}

#[derive(Debug, Serialize)]
struct ShownAward {
    name: String,
    unit: String,
}

struct Read {
    found: PublicEntry,
    category: String,
    parts: Arc<ContestParts>,
    people: Vec<EntryPerson>,
    files: Vec<Attachment>,
    media: MediaOf,
    looker: Looker,
    path: Vec<Station>,
    awards: Vec<WonAward>,
}

pub async fn show(
    app: AppData,
    visitor: Visitor,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (slug, code) = path.into_inner();
    let (person, words, kept) = (visitor.person.clone(), visitor.words, app.viewings.clone());
    let read = app
        .db
        .read_briefly(move |db| read_entry(db, &kept, person.as_deref(), (&slug, &code), &words))
        .await?;
    let read = read.ok_or(WebError::NotFound)?;
    app.page(&visitor, &page(&read, &visitor.words))
}

fn read_entry(
    db: &mut Db,
    kept: &KeptViewings,
    person: Option<&Person>,
    (slug, code): (&str, &str),
    words: &Words,
) -> Result<Option<Read>, DbError> {
    let Some(found) = find_by_code(db, slug, code)? else { return Ok(None) };
    if !policy::may_see(db, person, found.entry.access())?
        || judging::policy::is_veiled_from(db, person, &found.entry.id)?
    {
        return Ok(None);
    }
    let (entry, contest) = (&found.entry, &found.contest);
    let parts = ContestParts::of(db, contest)?;
    let category = entry.category_id.as_ref().and_then(|category| parts.category(category));
    let (files, media) = attachments::views::list_with_media(db, kept, &entry.id)?;
    let deals_with_it = match person {
        Some(person) => policy::may_deal_with(db, person, entry.access())?,
        None => false,
    };
    let looker = if deals_with_it { Looker::Concerned } else { Looker::Stranger };
    Ok(Some(Read {
        category: category
            .map(|category| words.either(&category.name, &category.name_en).to_owned())
            .unwrap_or_default(),
        people: entries::store::list_people(db, &entry.id)?,
        media,
        looker,
        files,
        path: path_of_entry(db, entry, contest, false)?,
        awards: awards::views::list_published_of_entry(db, &contest.id, &entry.id)?,
        parts,
        found,
    }))
}

fn page(read: &Read, words: &Words) -> EntryPage {
    let PublicEntry { contest, entry } = &read.found;
    let labels = Labels::new(words, &[], &[]);
    let members = read.people.iter().filter(|person| person.part == PersonPart::Member);
    let above: Vec<&str> = read.path.iter().skip(1).map(|station| station.name.as_str()).collect();
    let award = |won: &WonAward| ShownAward {
        name: words.either(&won.name, &won.name_en).to_owned(),
        unit: won.unit.clone(),
    };
    EntryPage {
        slug: contest.slug.as_str().to_owned(),
        contest_title: contest.title_in(words.lang).to_owned(),
        code: entry.code.clone().unwrap_or_default(),
        title: entry.title.clone(),
        unit: [&[entry.unit_name.as_str()], above.as_slice()].concat().join(", "),
        unit_href: format!("/units/{}", entry.unit_id),
        kind: labels.kind(entry.kind).to_owned(),
        category: read.category.clone(),
        authors: entry.authors.clone(),
        members: members.map(|person| person.full_name.clone()).collect(),
        awards: read.awards.iter().map(award).collect(),
        path: show_path(&read.path, false, words),
        answers: show_answers(&read.parts.fields, &entry.answers, words, true),
        files: show_files(&read.files, &read.parts.fields, &read.media, read.looker, words),
        is_preview: !entries::rules::is_public(entry.access()),
    }
}
