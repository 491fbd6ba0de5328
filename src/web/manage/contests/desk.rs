//! How the judges of one round work: drawn or one entry after the other, and what must have been looked at.

use actix_web::{HttpResponse, web::Path};

use super::{
    form_page::{Choice, Control, Group},
    frame::{Crumb, FormSpec, Held, answer, hold, save as save_with, show_form},
    reading::{Reader, put, put_check},
};
use crate::{
    base::{ids::RoundId, sentence::FieldErrors},
    features::contests::{AssignmentWay, RoundDesk, change::save_round_desk, checklist::Part, store},
    web::{
        error::WebError,
        form::{AppData, Form},
        visitor::SignedIn,
        words::Words,
    },
};

pub async fn edit(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (slug, id) = path.into_inner();
    let held = hold(&app, &signed, &slug).await?;
    let spec = spec(&app, &held, &id, &signed.visitor.words).await?;
    show_form(&app, &signed.visitor, &held, spec)
}

pub async fn save(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let (slug, id) = path.into_inner();
    let round: RoundId = id.parse().map_err(|_| WebError::NotFound)?;
    let mut reader = Reader::new(&form, app.zone);
    let desk = RoundDesk {
        round_id: round,
        assignment: reader.word("assignment", AssignmentWay::Drawn),
        keeps_viewing: reader.is_checked("keeps_viewing"),
        min_watched_percent: reader.whole_number("min_watched_percent").unwrap_or(0),
        needs_all_pages: reader.is_checked("needs_all_pages"),
        quorum: reader.whole_number("quorum").unwrap_or(0),
    };
    let read: Result<RoundDesk, FieldErrors> = reader.done(desk);
    let saved = save_with(&app, &signed, &slug, &form, read, save_round_desk).await?;
    let held = hold(&app, &signed, &slug).await?;
    let spec = spec(&app, &held, &id, &signed.visitor.words).await?;
    answer(&app, &signed.visitor, &held, spec, &form, saved, &held.href(Part::Rounds))
}

async fn spec(app: &AppData, held: &Held, id: &str, words: &Words) -> Result<FormSpec, WebError> {
    let say = |key: &str| words.say(key);
    let round = held.declared.rounds.iter().map(|row| &row.round);
    let round = round.clone().find(|round| round.id.as_str() == id && round.takes_sheets());
    let round = round.ok_or(WebError::NotFound)?.clone();
    let of = round.id.clone();
    let desk = app.db.read(move |db| store::find_round_desk(db, &of)).await?;
    let mut stored = Vec::new();
    put(&mut stored, "assignment", desk.assignment);
    put_check(&mut stored, "keeps_viewing", desk.keeps_viewing);
    put(&mut stored, "min_watched_percent", desk.min_watched_percent);
    put_check(&mut stored, "needs_all_pages", desk.needs_all_pages);
    put(&mut stored, "quorum", desk.quorum);
    let ways = AssignmentWay::ALL.iter().map(|way| {
        Choice::with_help(
            way,
            say(&format!("setup-assignment-{way}")),
            say(&format!("setup-assignment-{way}-help")),
        )
    });
    let list = held.href(Part::Rounds);
    Ok(FormSpec {
        part: Part::Rounds,
        title: words.say_with("setup-desk-title", &[("round", round.name_in(words.lang).into())]),
        lead: say("setup-desk-lead"),
        action: format!("{list}/{}/desk", round.id),
        back: Some(Crumb { href: list, label: say("setup-part-rounds") }),
        groups: vec![
            Group::of(vec![
                Control::radios("assignment", say("setup-assignment"), ways.collect()),
                Control::number("quorum", say("setup-quorum"))
                    .help(words.say_with("setup-quorum-help", &[("each", round.judges_per_entry.into())])),
            ]),
            Group::named(
                say("setup-viewing"),
                vec![
                    Control::check("keeps_viewing", say("setup-viewing-keeps"))
                        .help(say("setup-viewing-keeps-help")),
                    Control::number("min_watched_percent", say("setup-viewing-percent"))
                        .help(say("setup-viewing-percent-help")),
                    Control::check("needs_all_pages", say("setup-viewing-pages")),
                ],
            )
            .with_help(say("setup-viewing-help")),
        ],
        stored,
    })
}
