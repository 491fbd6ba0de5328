//! One criterion of a round's form, and forms taken from a published list.

use actix_web::{HttpResponse, web::Path};
use chrono_tz::Tz;

use super::{
    form_page::{Control, Group, Values},
    frame::{Crumb, FormSpec, Held, Saved, answer, hold, save as save_with, show_form},
    reading::{Reader, descriptor_lines, put, put_check},
    rows::row_id,
};
use crate::{
    base::{
        ids::{CriterionId, RoundId},
        points::Points,
        sentence::{FieldErrors, Sentence},
    },
    features::contests::{
        Criterion,
        change::{CriterionForm, save_criterion, use_criteria_set},
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
    path: Path<(String, String, String)>,
) -> Result<HttpResponse, WebError> {
    let (slug, round, id) = path.into_inner();
    let held = hold(&app, &signed, &slug).await?;
    let round: RoundId = round.parse().map_err(|_| WebError::NotFound)?;
    let spec = spec(&held, &round, row_id(&id)?.as_ref(), &signed.visitor.words)?;
    show_form(&app, &signed.visitor, &held, spec)
}

pub async fn save(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String, String)>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let (slug, round, id) = path.into_inner();
    let round: RoundId = round.parse().map_err(|_| WebError::NotFound)?;
    let id = row_id(&id)?;
    let read = read(&form, app.zone, &round, id.clone());
    let saved = save_with(&app, &signed, &slug, &form, read, save_criterion).await?;
    let held = hold(&app, &signed, &slug).await?;
    let to = format!("{}/rounds/{round}/criteria", held.base());
    let spec = spec(&held, &round, id.as_ref(), &signed.visitor.words)?;
    answer(&app, &signed.visitor, &held, spec, &form, saved, &to)
}

/// Fills an empty form from a published list.
pub async fn take_set(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let (slug, round) = path.into_inner();
    let round: RoundId = round.parse().map_err(|_| WebError::NotFound)?;
    let to = format!("/manage/contests/{slug}/rounds/{round}/criteria");
    let set = form.get("set").to_owned();
    let act = move |db: &mut _, person: &_, edit: &_, set: &String, now| {
        use_criteria_set(db, person, edit, &round, set, now)
    };
    let said = match save_with(&app, &signed, &slug, &form, Ok(set), act).await? {
        Saved::Done(_) => ("ok", Sentence::new("setup-saved")),
        Saved::Refused { sentence, .. } => ("no", sentence),
        Saved::Wrong(errors) => ("no", WebError::Invalid(errors).sentence()),
    };
    Ok(signed.visitor.redirect(&app, &to, Some(said)))
}

fn read(
    form: &Form,
    zone: Tz,
    round: &RoundId,
    id: Option<CriterionId>,
) -> Result<CriterionForm, FieldErrors> {
    let mut reader = Reader::new(form, zone);
    let criterion = CriterionForm {
        id,
        round_id: round.clone(),
        group_name: reader.text("group_name"),
        name: reader.text("name"),
        name_en: reader.text("name_en"),
        description: reader.text("description"),
        min_mark: reader.points("min_mark").unwrap_or(Points::ZERO),
        max_mark: reader.points("max_mark").unwrap_or(Points::ZERO),
        step: reader.points("step").unwrap_or(Points::ZERO),
        weight: reader.points("weight"),
        is_required: reader.is_checked("is_required"),
        descriptors: reader.descriptors("descriptors"),
    };
    reader.done(criterion)
}

fn stored_values(row: &Criterion, words: &Words) -> Values {
    let mut stored = Vec::new();
    put(&mut stored, "group_name", &row.group_name);
    put(&mut stored, "name", &row.name);
    put(&mut stored, "name_en", &row.name_en);
    put(&mut stored, "description", &row.description);
    put(&mut stored, "min_mark", words.points(row.min_mark));
    put(&mut stored, "max_mark", words.points(row.max_mark));
    put(&mut stored, "step", words.points(row.step));
    if row.weight != row.max_mark {
        put(&mut stored, "weight", words.points(row.weight));
    }
    put_check(&mut stored, "is_required", row.is_required);
    put(&mut stored, "descriptors", descriptor_lines(&row.descriptors, words));
    stored
}

fn spec(held: &Held, round: &RoundId, id: Option<&CriterionId>, words: &Words) -> Result<FormSpec, WebError> {
    let say = |key: &str| words.say(key);
    let declared =
        held.declared.rounds.iter().find(|row| row.round.id == *round).ok_or(WebError::NotFound)?;
    let list = format!("{}/rounds/{round}/criteria", held.base());
    let found = id.and_then(|id| declared.criteria.iter().find(|row| row.id == *id));
    let stored = match (found, id) {
        (Some(row), _) => stored_values(row, words),
        (None, Some(_)) => return Err(WebError::NotFound),
        (None, None) => {
            let mut stored = Vec::new();
            put(&mut stored, "min_mark", 0);
            put(&mut stored, "max_mark", 10);
            put(&mut stored, "step", words.points(crate::features::contests::USUAL_STEP));
            put_check(&mut stored, "is_required", true);
            stored
        }
    };
    let back_label =
        words.say_with("setup-criteria-of", &[("name", declared.round.name_in(words.lang).into())]);
    Ok(FormSpec {
        part: Part::Criteria,
        title: found.map_or_else(|| say("setup-criterion-new"), |row| row.name.clone()),
        lead: say("setup-criterion-lead"),
        action: format!("{list}/{}", id.map_or("new", CriterionId::as_str)),
        back: Some(Crumb { href: list, label: back_label }),
        groups: vec![
            Group::of(vec![
                Control::line("name", say("setup-name")).max(MAX_NAME),
                Control::line("group_name", say("setup-criterion-group"))
                    .help(say("setup-criterion-group-help"))
                    .max(MAX_NAME)
                    .optional(words),
                Control::area("description", say("setup-criterion-description"), 3).optional(words),
            ]),
            Group::named(
                say("setup-criterion-scale"),
                vec![
                    Control::number("max_mark", say("setup-criterion-max")),
                    Control::number("min_mark", say("setup-criterion-min")),
                    Control::number("step", say("setup-criterion-step"))
                        .help(say("setup-criterion-step-help")),
                    Control::number("weight", say("setup-criterion-weight"))
                        .help(say("setup-criterion-weight-help"))
                        .optional(words),
                    Control::check("is_required", say("setup-criterion-required")),
                ],
            ),
            Group::named(
                say("setup-criterion-levels"),
                vec![
                    Control::area("descriptors", say("setup-criterion-descriptors"), 5)
                        .help(say("setup-criterion-descriptors-help"))
                        .optional(words),
                    Control::line("name_en", say("setup-name-en")).max(MAX_NAME).optional(words),
                ],
            ),
        ],
        stored,
    })
}
