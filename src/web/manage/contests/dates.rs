//! When entries are taken.

use actix_web::{HttpResponse, web::Path};
use chrono_tz::Tz;

use super::{
    form_page::{Control, Group},
    frame::{FormSpec, Held, answer, hold, save as save_with, show_form},
    reading::{Reader, put, put_moment},
};
use crate::{
    base::sentence::FieldErrors,
    features::contests::{
        change::{DatesForm, save_dates},
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
    let saved = save_with(&app, &signed, &slug, &form, read(&form, app.zone), save_dates).await?;
    let held = hold(&app, &signed, &slug).await?;
    let to = if held.is_open() { held.base() } else { held.next(Part::Dates) };
    answer(&app, &signed.visitor, &held, spec(&held, &signed.visitor.words), &form, saved, &to)
}

fn read(form: &Form, zone: Tz) -> Result<DatesForm, FieldErrors> {
    let mut reader = Reader::new(form, zone);
    let dates = DatesForm {
        opens_at: reader.moment("opens", false),
        closes_at: reader.moment("closes", true),
        grace_minutes: reader.whole_number("grace_minutes").unwrap_or(0),
    };
    reader.done(dates)
}

fn spec(held: &Held, words: &Words) -> FormSpec {
    let contest = held.contest();
    let say = |key: &str| words.say(key);
    let mut stored = Vec::new();
    put_moment(&mut stored, "opens", contest.opens_at, words.zone);
    put_moment(&mut stored, "closes", contest.closes_at, words.zone);
    put(&mut stored, "grace_minutes", contest.grace_minutes);
    FormSpec {
        part: Part::Dates,
        title: say("setup-part-dates"),
        lead: say("setup-dates-lead"),
        action: held.href(Part::Dates),
        back: None,
        groups: vec![
            Group::named(
                say("setup-opens"),
                vec![
                    Control::date("opens_date", say("setup-date"))
                        .help(say("setup-opens-help"))
                        .optional(words),
                    Control::time("opens_time", say("setup-time")).optional(words),
                ],
            ),
            Group::named(
                say("setup-closes"),
                vec![
                    Control::date("closes_date", say("setup-date")).help(say("setup-closes-help")),
                    Control::time("closes_time", say("setup-time")).optional(words),
                ],
            ),
            Group::of(vec![
                Control::number("grace_minutes", say("setup-grace")).help(say("setup-grace-help")),
            ]),
        ],
        stored,
    }
}
