//! Who may take part, with how many entries, and how entries are numbered.

use actix_web::{HttpResponse, web::Path};
use chrono_tz::Tz;

use super::{
    form_page::{Choice, Control, Group},
    frame::{FormSpec, Held, answer, hold, save as save_with, show_form},
    reading::{Reader, put, put_some},
};
use crate::{
    base::sentence::FieldErrors,
    features::contests::{
        EntryKind,
        change::{LimitsForm, save_limits},
        checklist::Part,
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
    let saved = save_with(&app, &signed, &slug, &form, read(&form, app.zone), save_limits).await?;
    let held = hold(&app, &signed, &slug).await?;
    let to = if held.is_open() { held.base() } else { held.next(Part::Limits) };
    answer(&app, &signed.visitor, &held, spec(&held, &signed.visitor.words), &form, saved, &to)
}

fn read(form: &Form, zone: Tz) -> Result<LimitsForm, FieldErrors> {
    let mut reader = Reader::new(form, zone);
    let limits = LimitsForm {
        kinds: reader.words("kinds"),
        max_per_person: reader.whole_number("max_per_person"),
        max_per_unit: reader.whole_number("max_per_unit"),
        code_prefix: reader.text("code_prefix"),
    };
    reader.done(limits)
}

pub fn kind_choices(words: &Words) -> Vec<Choice> {
    [EntryKind::Individual, EntryKind::Collective]
        .into_iter()
        .map(|kind| Choice::new(kind, words.say(&format!("contests-kind-{kind}"))))
        .collect()
}

fn spec(held: &Held, words: &Words) -> FormSpec {
    let contest = held.contest();
    let say = |key: &str| words.say(key);
    let mut stored = Vec::new();
    for kind in contest.kinds.iter() {
        put(&mut stored, "kinds", kind);
    }
    put_some(&mut stored, "max_per_person", contest.max_per_person);
    put_some(&mut stored, "max_per_unit", contest.max_per_unit);
    put(&mut stored, "code_prefix", &contest.code_prefix);
    FormSpec {
        part: Part::Limits,
        title: say("setup-part-limits"),
        lead: say("setup-limits-lead"),
        action: held.href(Part::Limits),
        back: None,
        groups: vec![Group::of(vec![
            Control::checks("kinds", say("setup-kinds"), kind_choices(words)),
            Control::number("max_per_person", say("setup-max-per-person"))
                .help(say("setup-empty-no-limit"))
                .optional(words),
            Control::number("max_per_unit", say("setup-max-per-unit"))
                .help(say("setup-empty-no-limit"))
                .optional(words),
            Control::line("code_prefix", say("setup-prefix")).help(say("setup-prefix-help")).max(8),
        ])],
        stored,
    }
}
