//! One award.

use actix_web::{HttpResponse, web::Path};
use chrono_tz::Tz;

use super::{
    form_page::{Choice, Control, Group},
    frame::{Crumb, FormSpec, Held, answer, hold, save as save_with, show_form},
    limits::kind_choices,
    reading::{Reader, put, put_some},
    rows::row_id,
};
use crate::{
    base::{
        ids::{AwardId, RoundId},
        sentence::{FieldErrors, Sentence},
    },
    features::contests::{
        AwardTarget,
        change::{AwardForm, save_award},
        checklist::Part,
        text_rules::MAX_NAME,
    },
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
    let spec = spec(&held, row_id(&id)?.as_ref(), &signed.visitor.words)?;
    show_form(&app, &signed.visitor, &held, spec)
}

pub async fn save(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let (slug, id) = path.into_inner();
    let id = row_id(&id)?;
    let saved = save_with(&app, &signed, &slug, &form, read(&form, app.zone, id.clone()), save_award).await?;
    let held = hold(&app, &signed, &slug).await?;
    let spec = spec(&held, id.as_ref(), &signed.visitor.words)?;
    answer(&app, &signed.visitor, &held, spec, &form, saved, &held.href(Part::Awards))
}

fn read(form: &Form, zone: Tz, id: Option<AwardId>) -> Result<AwardForm, FieldErrors> {
    let mut reader = Reader::new(form, zone);
    let Ok(round_id) = form.get("round_id").parse::<RoundId>() else {
        return Err(FieldErrors::one("round_id", Sentence::new("setup-error-choose")));
    };
    let award = AwardForm {
        id,
        round_id,
        name: reader.text("name"),
        name_en: reader.text("name_en"),
        goes_to: reader.word("goes_to", AwardTarget::Entry),
        kind: form.get("award_kind").parse().ok(),
        max_grants: reader.whole_number("max_grants"),
    };
    reader.done(award)
}

fn spec(held: &Held, id: Option<&AwardId>, words: &Words) -> Result<FormSpec, WebError> {
    let say = |key: &str| words.say(key);
    let list = held.href(Part::Awards);
    let mut stored = Vec::new();
    let found =
        id.and_then(|id| held.declared.rounds.iter().flat_map(|row| &row.awards).find(|row| row.id == *id));
    if let Some(row) = found {
        put(&mut stored, "name", &row.name);
        put(&mut stored, "name_en", &row.name_en);
        put(&mut stored, "round_id", &row.round_id);
        put(&mut stored, "goes_to", row.goes_to);
        put_some(&mut stored, "award_kind", row.kind);
        put_some(&mut stored, "max_grants", row.max_grants);
    } else if id.is_some() {
        return Err(WebError::NotFound);
    } else {
        put(&mut stored, "goes_to", AwardTarget::Entry);
    }
    let rounds = held.declared.rounds.iter();
    let rounds = rounds.map(|row| Choice::new(&row.round.id, row.round.name_in(words.lang).to_owned()));
    let mut kinds = vec![Choice::new("", say("setup-award-any-kind"))];
    kinds.extend(kind_choices(words));
    Ok(FormSpec {
        part: Part::Awards,
        title: found.map_or_else(|| say("setup-award-new"), |row| row.name.clone()),
        lead: say("setup-award-lead"),
        action: format!("{list}/{}", id.map_or("new", AwardId::as_str)),
        back: Some(Crumb { href: list, label: say("setup-part-awards") }),
        groups: vec![Group::of(vec![
            Control::line("name", say("setup-name")).max(MAX_NAME),
            Control::pick("round_id", say("setup-award-round"), rounds.collect()),
            Control::radios(
                "goes_to",
                say("setup-award-to"),
                vec![
                    Choice::new(AwardTarget::Entry, say("setup-award-to-entry")),
                    Choice::new(AwardTarget::Unit, say("setup-award-to-unit")),
                ],
            ),
            Control::pick("award_kind", say("setup-award-kind"), kinds),
            Control::number("max_grants", say("setup-award-count"))
                .help(say("setup-empty-no-limit"))
                .optional(words),
            Control::line("name_en", say("setup-name-en")).max(MAX_NAME).optional(words),
        ])],
        stored,
    })
}
