//! Title, introduction and rules, in both languages, and the name in addresses.

use super::frame::{ChangeContestError, Edit, begin, is_slug_taken};
use crate::{
    base::{clock::Moment, sentence::FieldErrors},
    features::{
        accounts::Person,
        contests::{
            Contest,
            create::search_text,
            store,
            text_rules::{self, MAX_RULES, MAX_SUMMARY},
        },
    },
    infra::db::Db,
};

#[derive(Debug, Clone, Default)]
pub struct TextsForm {
    pub title: String,
    pub title_en: String,
    pub slug: String,
    pub summary: String,
    pub summary_en: String,
    pub rules: String,
    pub rules_en: String,
}

pub fn save_texts(
    db: &mut Db,
    person: &Person,
    edit: &Edit,
    form: &TextsForm,
    now: Moment,
) -> Result<Contest, ChangeContestError> {
    let mut changing = begin(db, person, edit)?;
    let texts = read(form)?;
    // Addresses that were given out must keep leading here.
    if changing.was_open && texts.slug != changing.contest.slug {
        return Err(ChangeContestError::SlugInUse);
    }
    let contest = &mut changing.contest;
    let slug_before = contest.slug.clone();
    contest.title = texts.title;
    contest.title_en = texts.title_en;
    contest.slug = texts.slug;
    contest.summary = texts.summary;
    contest.summary_en = texts.summary_en;
    contest.rules = texts.rules;
    contest.rules_en = texts.rules_en;
    contest.search_text = search_text(contest);
    if contest.slug != slug_before {
        store::save(db, contest).map_err(is_slug_taken)?;
    }
    changing.finish_contest(db, "contest.texts", now)
}

struct Texts {
    title: String,
    title_en: String,
    slug: crate::features::contests::Slug,
    summary: String,
    summary_en: String,
    rules: String,
    rules_en: String,
}

fn read(form: &TextsForm) -> Result<Texts, FieldErrors> {
    let mut errors = FieldErrors::default();
    let title = errors.take("title", text_rules::title(&form.title));
    let title_en = errors.take("title_en", text_rules::title_or_nothing(&form.title_en));
    let slug = errors.take("slug", text_rules::slug(&form.slug));
    let summary = errors.take("summary", text_rules::text_or_nothing(&form.summary, MAX_SUMMARY));
    let summary_en = errors.take("summary_en", text_rules::text_or_nothing(&form.summary_en, MAX_SUMMARY));
    let rules = errors.take("rules", text_rules::text_or_nothing(&form.rules, MAX_RULES));
    let rules_en = errors.take("rules_en", text_rules::text_or_nothing(&form.rules_en, MAX_RULES));
    errors.or(|| {
        Some(Texts {
            title: title?,
            title_en: title_en?,
            slug: slug?,
            summary: summary?,
            summary_en: summary_en?,
            rules: rules?,
            rules_en: rules_en?,
        })
    })
}
