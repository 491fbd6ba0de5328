//! The published entries of a contest, with covers, filters and search.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web::Path};
use serde::Serialize;

use crate::{
    base::page::PageRequest,
    features::{
        accounts::Person,
        attachments::views::complete_lines,
        contests::{self, Contest, ContestParts},
        entries::views::{Found, Scope, search},
        judging,
        units::{self, Level},
    },
    infra::db::{Db, DbError},
    web::{
        entry_parts::{
            EntryCard, FilterFields, FilterQuery, Labels, Offered, Pages, Tag, cards, filter_fields, tags,
        },
        error::WebError,
        form::{AppData, query},
        render::Page,
        visitor::Visitor,
        words::Words,
    },
};

const PER_PAGE: i64 = 12;

#[derive(Debug, Serialize)]
struct GalleryPage {
    slug: String,
    title: String,
    q: String,
    filters: FilterFields,
    tags: Vec<Tag>,
    total: String,
    has_any: bool,
    cards: Vec<EntryCard>,
    pages: Pages,
}

impl Page for GalleryPage {
    const TEMPLATE: &'static str = "site/entries/gallery.html";
}

struct Read {
    contest: Contest,
    parts: Arc<ContestParts>,
    levels: Vec<Level>,
    found: Found,
}

pub async fn show(
    app: AppData,
    visitor: Visitor,
    slug: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let asked: FilterQuery = query(&request);
    let page = asked.page(PER_PAGE);
    let (person, filter) = (visitor.person.clone(), asked.clone());
    let read = app.db.read(move |db| read_gallery(db, person.as_deref(), &slug, &filter, page)).await?;
    let read = read.ok_or(WebError::NotFound)?;
    app.page(&visitor, &gallery(&read, &asked, page, &visitor.words))
}

fn read_gallery(
    db: &mut Db,
    person: Option<&Person>,
    slug: &str,
    asked: &FilterQuery,
    page: PageRequest,
) -> Result<Option<Read>, DbError> {
    let Some(contest) = contests::views::find_by_slug(db, slug)? else { return Ok(None) };
    if !contests::policy::may_see(db, person, &contest)? {
        return Ok(None);
    }
    let mut filter = asked.filter(Some(&contest));
    filter.except = judging::policy::veiled_from(db, person)?;
    let mut found = search(db, &Scope::Public, &filter, page)?;
    complete_lines(db, &mut found.rows)?;
    Ok(Some(Read {
        parts: ContestParts::of(db, &contest)?,
        levels: units::views::list_levels(db)?,
        found,
        contest,
    }))
}

fn gallery(read: &Read, asked: &FilterQuery, page: PageRequest, words: &Words) -> GalleryPage {
    let labels = Labels::new(words, &read.levels, &read.parts.categories);
    let offered = Offered {
        contests: &[],
        units: &[],
        levels: &read.levels,
        categories: &read.parts.categories,
        fields: &read.parts.fields,
        with_states: false,
    };
    let filters = filter_fields(asked, &offered, &labels, words);
    let slug = read.contest.slug.as_str();
    let cards = cards(&read.found.rows, &labels, |row| {
        format!("/contests/{slug}/entries/{}", row.code.as_deref().unwrap_or_default())
    });
    let tags = tags(asked, &filters);
    GalleryPage {
        slug: slug.to_owned(),
        title: read.contest.title_in(words.lang).to_owned(),
        q: asked.q.clone(),
        total: words.number(read.found.total),
        has_any: !cards.is_empty() || !tags.is_empty(),
        cards,
        pages: asked.pages(read.found.total, page, words),
        filters,
        tags,
    }
}
