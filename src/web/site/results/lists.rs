//! Short lists of results on other pages: what came out last, and what a unit has won.

use serde::Serialize;

use crate::{
    features::{
        awards::Grant,
        contests::{Award, Contest},
        entries::Entry,
        publication::Publication,
    },
    web::words::Words,
};

#[derive(Debug, Serialize)]
pub struct ResultLink {
    pub href: String,
    pub title: String,
    pub note: String,
}

/// From `publication::views::latest_published`.
pub fn recent(words: &Words, rows: &[(Publication, Contest, String)]) -> Vec<ResultLink> {
    let link = |(publication, contest, host): &(Publication, Contest, String)| ResultLink {
        href: format!("/contests/{}/results", contest.slug.as_str()),
        title: contest.title_in(words.lang).to_owned(),
        note: format!("{host} · {}", words.date_time(publication.published_at)),
    };
    rows.iter().map(link).collect()
}

/// From `publication::views::awards_of_unit`.
pub fn of_unit(words: &Words, rows: &[(Grant, Award, Contest, Option<Entry>)]) -> Vec<ResultLink> {
    let link = |(_, award, contest, entry): &(Grant, Award, Contest, Option<Entry>)| {
        let slug = contest.slug.as_str();
        let award = words.either(&award.name, &award.name_en);
        let contest = contest.title_in(words.lang);
        match entry {
            Some(entry) => ResultLink {
                href: format!("/contests/{slug}/entries/{}", entry.code.clone().unwrap_or_default()),
                title: format!("{award}: {}", entry.title),
                note: format!("{contest} · {}", entry.unit_name),
            },
            None => ResultLink {
                href: format!("/contests/{slug}/results"),
                title: award.to_owned(),
                note: contest.to_owned(),
            },
        }
    };
    rows.iter().map(link).collect()
}
