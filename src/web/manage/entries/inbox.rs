//! The inbox of a unit: everything that was sent in from it and from below, with what can be done at once.

use std::{ops::Not, sync::Arc};

use actix_web::{HttpRequest, HttpResponse, web::Path};
use serde::Serialize;

use crate::{
    base::{
        ids::{EntryId, UnitId},
        page::PageRequest,
        sentence::Sentence,
    },
    features::{
        accounts::{Person, views::covers},
        attachments::views::complete_lines,
        contests::{self, Category, Contest, Field},
        entries::{
            EntryStatus, accept_entry,
            views::{EntryLine, Found, Scope, search},
        },
        judging, radar,
        units::{self, Level, Unit},
    },
    infra::db::{Db, DbError},
    web::{
        entry_parts::{
            FilterFields, FilterQuery, Labels, Offered, Pages, Tag, filter_fields, small_cover_href, tags,
            unit_with_above,
        },
        error::WebError,
        form::{AppData, Form, query},
        render::Page,
        site::own_address,
        visitor::{SignedIn, Visitor},
        words::Words,
    },
};

const PER_PAGE: i64 = 50;

#[derive(Debug, Serialize)]
struct InboxPage<'r> {
    unit_id: String,
    unit: String,
    above: String,
    q: String,
    filters: FilterFields,
    tags: Vec<Tag>,
    counts: Vec<Count>,
    total: String,
    rows: Vec<Row<'r>>,
    pages: Pages,
    /// Where to come back to after something was done.
    here: String,
    can_accept: bool,
    new_href: String,
    xlsx_href: String,
    csv_href: String,
}

impl Page for InboxPage<'_> {
    const TEMPLATE: &'static str = "manage/entries/inbox.html";
}

#[derive(Debug, Serialize)]
struct Count {
    word: String,
    n: String,
    href: String,
    is_chosen: bool,
}

/// Flat, because each thing inside a row is put together and looked up anew for every row; what few rows have is left out of the
/// others.
#[derive(Debug, Serialize)]
struct Row<'r> {
    id: &'r str,
    title: &'r str,
    cover_href: String,
    /// Code, author and tools in one line.
    note: String,
    unit: String,
    kind: &'r str,
    level: &'r str,
    sent: String,
    state: &'static str,
    state_word: &'r str,
    /// One of the following; asked for first, because most rows have none.
    #[serde(skip_serializing_if = "Not::not")]
    has_more: bool,
    #[serde(skip_serializing_if = "Not::not")]
    is_late: bool,
    #[serde(skip_serializing_if = "Not::not")]
    can_accept: bool,
    /// "Giống 2 bài", or nothing.
    #[serde(skip_serializing_if = "String::is_empty")]
    likenesses: String,
}

pub(super) struct Read {
    pub unit: Unit,
    pub above: String,
    pub contests: Vec<Contest>,
    pub children: Vec<(UnitId, String)>,
    pub levels: Vec<Level>,
    pub categories: Vec<Category>,
    pub fields: Vec<Field>,
    pub found: Found,
    /// How many entries each is like, for the radar's chip.
    pub likenesses: std::collections::HashMap<EntryId, i64>,
}

pub async fn show(
    app: AppData,
    signed: SignedIn,
    unit: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let unit: UnitId = unit.parse().map_err(|_| WebError::NotFound)?;
    let asked: FilterQuery = query(&request);
    let page = asked.page(PER_PAGE);
    let (person, filter) = (Arc::clone(&signed.person), asked.clone());
    let read = app.db.read(move |db| read_inbox(db, &person, &unit, &filter, page)).await?;
    let read = read.ok_or(WebError::NotFound)?;
    let words = &signed.visitor.words;
    let labels = Labels::new(words, &read.levels, &read.categories);
    app.page(&signed.visitor, &inbox(&read, &labels, &asked, page, &signed.visitor))
}

/// What somebody may see of a unit's inbox.
struct Desk {
    unit: Unit,
    above: Vec<Unit>,
    /// Everything of the unit, and not only what came in to the contests below.
    covers_all: bool,
    contests: Vec<Contest>,
}

/// For the officers whose unit covers this one; for whoever runs a contest, what came in to that contest.
fn read_desk(db: &mut Db, person: &Person, unit: &UnitId) -> Result<Option<Desk>, DbError> {
    let mut path = units::views::path_of(db, unit)?.into_iter();
    let Some(own) = path.next() else { return Ok(None) };
    let above: Vec<Unit> = path.collect();
    let covers_all = person.is_administrator || covers(db, person, unit)?;
    let mut contests = contests::views::list_public(db)?;
    if !covers_all {
        let mut run = Vec::new();
        for contest in contests {
            let hosts = above.iter().chain([&own]).any(|unit| unit.id == contest.host_unit_id);
            if hosts && contests::policy::may_run(db, person, &contest)? {
                run.push(contest);
            }
        }
        contests = run;
    }
    let is_theirs = covers_all || !contests.is_empty();
    Ok(is_theirs.then_some(Desk { unit: own, above, covers_all, contests }))
}

pub(super) fn read_inbox(
    db: &mut Db,
    person: &Person,
    unit: &UnitId,
    asked: &FilterQuery,
    page: PageRequest,
) -> Result<Option<Read>, DbError> {
    let Some(Desk { unit: own, above, covers_all, contests }) = read_desk(db, person, unit)? else {
        return Ok(None);
    };
    let chosen = contests.iter().position(|contest| contest.slug.as_str() == asked.contest);
    let chosen = chosen.or((contests.len() == 1).then_some(0));
    let contest = chosen.and_then(|at| contests.get(at));
    let (categories, fields) = match contest {
        Some(contest) => (
            contests::views::list_categories(db, &contest.id)?,
            contests::views::list_fields(db, &contest.id)?,
        ),
        None => (Vec::new(), Vec::new()),
    };
    let mut filter = asked.filter(contest);
    if !covers_all && contest.is_none() {
        // Who runs several contests here sees one of them at a time.
        filter.contest = contests.first().map(|contest| contest.id.clone());
    }
    if let Some(below) = &filter.unit
        && !units::views::is_within(db, below, unit)?
    {
        filter.unit = None;
    }
    filter.except = judging::policy::veiled_from(db, Some(person))?;
    let mut found = search(db, &Scope::Below(unit.clone()), &filter, page)?;
    complete_lines(db, &mut found.rows)?;
    let ids: Vec<EntryId> = found.rows.iter().map(|row| row.id.clone()).collect();
    Ok(Some(Read {
        likenesses: radar::views::count_open_for(db, person, &ids)?,
        children: units::views::list_children(db, unit)?
            .into_iter()
            .map(|unit| (unit.id, unit.name))
            .collect(),
        levels: units::views::list_levels(db)?,
        above: above.iter().map(|unit| unit.name.as_str()).collect::<Vec<_>>().join(", "),
        unit: own,
        contests,
        categories,
        fields,
        found,
    }))
}

fn inbox<'r>(
    read: &'r Read,
    labels: &'r Labels,
    asked: &FilterQuery,
    page: PageRequest,
    visitor: &Visitor,
) -> InboxPage<'r> {
    let words = &visitor.words;
    let offered = Offered {
        contests: &read.contests,
        units: &read.children,
        levels: &read.levels,
        categories: &read.categories,
        fields: &read.fields,
        with_states: true,
    };
    let filters = filter_fields(asked, &offered, labels, words);
    let rows: Vec<Row<'_>> = read.found.rows.iter().map(|row| show_row(row, read, labels, words)).collect();
    InboxPage {
        unit_id: read.unit.id.to_string(),
        unit: read.unit.name.clone(),
        above: read.above.clone(),
        q: asked.q.clone(),
        tags: tags(asked, &filters),
        counts: counts(&read.found, asked, labels, words),
        total: words.number(read.found.total),
        can_accept: rows.iter().any(|row| row.can_accept),
        rows,
        pages: asked.pages(read.found.total, page, words),
        here: visitor.path.clone(),
        new_href: format!("/manage/units/{}/entries/new", read.unit.id),
        xlsx_href: format!("/manage/units/{}/entries.xlsx{}", read.unit.id, asked.with("page", "")),
        csv_href: format!("/manage/units/{}/entries.csv{}", read.unit.id, asked.with("page", "")),
        filters,
    }
}

fn counts(found: &Found, asked: &FilterQuery, labels: &Labels, words: &Words) -> Vec<Count> {
    let states = EntryStatus::ALL.iter().filter(|status| **status != EntryStatus::Draft);
    states
        .filter_map(|status| {
            let n = found.by_status.get(status).copied().filter(|n| *n > 0)?;
            let is_chosen = asked.status == status.as_str();
            Some(Count {
                word: labels.state_word(*status).to_owned(),
                n: words.number(n),
                href: asked.with("status", if is_chosen { "" } else { status.as_str() }),
                is_chosen,
            })
        })
        .collect()
}

fn show_row<'r>(row: &'r EntryLine, read: &Read, labels: &'r Labels, words: &Words) -> Row<'r> {
    let mut note: Vec<&str> = vec![row.code.as_deref().unwrap_or_default(), &row.authors];
    note.extend(row.work.0.iter().flat_map(|work| &work.tools).map(String::as_str));
    note.retain(|part| !part.is_empty());
    let likenesses =
        read.likenesses.get(&row.id).map(|n| words.say_with("radar-chip", &[("n", (*n).into())]));
    let can_accept = row.status == EntryStatus::Submitted;
    Row {
        has_more: row.is_late || can_accept || likenesses.is_some(),
        id: row.id.as_str(),
        title: &row.title,
        cover_href: small_cover_href(row.work.0.as_ref()),
        note: note.join(" · "),
        unit: unit_with_above(row),
        kind: labels.kind(row.kind),
        level: labels.level(&row.level),
        sent: row.submitted_at.map(|at| words.date_time(at)).unwrap_or_default(),
        state: row.status.as_str(),
        state_word: labels.state_word(row.status),
        is_late: row.is_late,
        can_accept,
        likenesses: likenesses.unwrap_or_default(),
    }
}

/// The entries that were ticked, or the one whose button was pressed.
pub async fn accept(
    app: AppData,
    signed: SignedIn,
    unit: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let unit: UnitId = unit.parse().map_err(|_| WebError::NotFound)?;
    let (person, of) = (Arc::clone(&signed.person), unit.clone());
    app.db.read(move |db| read_desk(db, &person, &of)).await?.ok_or(WebError::NotFound)?;
    let chosen = if form.has("one") { form.all("one") } else { form.all("entry") };
    let ids: Vec<EntryId> = chosen.into_iter().filter_map(|id| id.parse().ok()).collect();
    let (mut n_accepted, mut n_refused) = (0, 0);
    for id in ids {
        let (person, now) = (Arc::clone(&signed.person), signed.visitor.words.now);
        match app.db.write(move |db| accept_entry(db, &person, &id, now)).await.map_err(WebError::from) {
            Ok(_) => n_accepted += 1,
            Err(WebError::Refused(_) | WebError::NotFound) => n_refused += 1,
            Err(error) => return Err(error),
        }
    }
    let said = match (n_accepted, n_refused) {
        (0, 0) => ("wait", Sentence::new("entries-said-none-chosen")),
        (n, 0) => ("ok", Sentence::new("entries-said-accepted").with("n", n)),
        (n, refused) => {
            ("wait", Sentence::new("entries-said-accepted-some").with("n", n).with("refused", refused))
        }
    };
    let back = own_address(form.get("back"));
    let inbox = format!("/manage/units/{unit}/entries");
    let back = if back.starts_with(&inbox) { back } else { &inbox };
    Ok(signed.visitor.redirect(&app, back, Some(said)))
}
