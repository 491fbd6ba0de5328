//! Title, introduction, rules, and the name in addresses.

use actix_web::{HttpResponse, web::Path};

use super::{
    form_page::{Control, Group},
    frame::{FormSpec, Held, Saved, answer, hold, save as save_with, show_form},
    reading::put,
};
use crate::{
    features::contests::{
        change::{TextsForm, save_texts},
        checklist::Part,
        text_rules::{MAX_RULES, MAX_SUMMARY, MAX_TITLE},
    },
    web::{
        error::WebError,
        form::{AppData, Form},
        visitor::SignedIn,
        words::Words,
    },
};

pub async fn edit(app: AppData, signed: SignedIn, slug: Path<String>) -> Result<HttpResponse, WebError> {
    let held = hold(&app, &signed, &slug).await?;
    show_form(&app, &signed.visitor, &held, spec(&held, &signed.visitor.words))
}

pub async fn save(
    app: AppData,
    signed: SignedIn,
    slug: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let read = Ok(read(&form));
    let saved = save_with(&app, &signed, &slug, &form, read, save_texts).await?;
    // The contest may have another name in addresses now.
    let slug = match &saved {
        Saved::Done(contest) => contest.slug.as_str(),
        Saved::Wrong(_) | Saved::Refused { .. } => slug.as_str(),
    };
    let held = hold(&app, &signed, slug).await?;
    let to = if held.is_open() { held.base() } else { held.next(Part::Texts) };
    answer(&app, &signed.visitor, &held, spec(&held, &signed.visitor.words), &form, saved, &to)
}

fn read(form: &Form) -> TextsForm {
    let text = |name: &str| form.get(name).to_owned();
    TextsForm {
        title: text("title"),
        title_en: text("title_en"),
        slug: text("slug"),
        summary: text("summary"),
        summary_en: text("summary_en"),
        rules: text("rules"),
        rules_en: text("rules_en"),
    }
}

fn spec(held: &Held, words: &Words) -> FormSpec {
    let contest = held.contest();
    let say = |key: &str| words.say(key);
    let mut stored = Vec::new();
    put(&mut stored, "title", &contest.title);
    put(&mut stored, "title_en", &contest.title_en);
    put(&mut stored, "slug", contest.slug.as_str());
    put(&mut stored, "summary", &contest.summary);
    put(&mut stored, "summary_en", &contest.summary_en);
    put(&mut stored, "rules", &contest.rules);
    put(&mut stored, "rules_en", &contest.rules_en);
    FormSpec {
        part: Part::Texts,
        title: say("setup-part-texts"),
        lead: say("setup-texts-lead"),
        action: held.href(Part::Texts),
        back: None,
        groups: vec![
            Group::of(vec![
                Control::line("title", say("setup-title")).max(MAX_TITLE),
                Control::area("summary", say("setup-summary"), 3)
                    .help(words.say_with("setup-summary-help", &[("max", MAX_SUMMARY.into())])),
                Control::area("rules", say("setup-rules"), 14)
                    .help(words.say_with("setup-rules-help", &[("max", words.number(40_000).into())])),
                Control::line("slug", say("setup-slug")).help(say("setup-slug-help")).max(80),
            ]),
            Group::named(
                say("setup-english"),
                vec![
                    Control::line("title_en", say("setup-title-en")).max(MAX_TITLE).optional(words),
                    Control::area("summary_en", say("setup-summary-en"), 3).optional(words),
                    Control::area("rules_en", say("setup-rules-en"), 8).optional(words),
                ],
            ),
        ],
        stored,
    }
}

// The help says the limit as people write it; both must be the same number.
const _: () = assert!(MAX_RULES == 40_000);
