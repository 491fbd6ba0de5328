//! One text that entrants agree to.

use actix_web::{HttpResponse, web::Path};

use super::{
    form_page::{Choice, Control, Group},
    frame::{Crumb, FormSpec, Held, answer, hold, save as save_with, show_form},
    reading::{put, put_check},
    rows::row_id,
};
use crate::{
    base::ids::ConsentId,
    features::contests::{
        change::{ConsentForm, PURPOSES, save_consent},
        checklist::Part,
    },
    web::{
        error::WebError,
        form::{AppData, Form},
        site::contests::show::purpose_word,
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
    let consent = ConsentForm {
        id: id.clone(),
        purpose: form.get("purpose").to_owned(),
        text: form.get("text").to_owned(),
        text_en: form.get("text_en").to_owned(),
        is_required: form.get("is_required") == "1",
    };
    let saved = save_with(&app, &signed, &slug, &form, Ok(consent), save_consent).await?;
    let held = hold(&app, &signed, &slug).await?;
    // After saving, the old version may be gone from the list, and nothing of it is shown any more.
    let to = held.href(Part::Consents);
    if let super::frame::Saved::Done(_) = saved {
        return Ok(signed.visitor.redirect(
            &app,
            &to,
            Some(("ok", crate::base::sentence::Sentence::new("setup-saved"))),
        ));
    }
    let spec = spec(&held, id.as_ref(), &signed.visitor.words)?;
    answer(&app, &signed.visitor, &held, spec, &form, saved, &to)
}

fn spec(held: &Held, id: Option<&ConsentId>, words: &Words) -> Result<FormSpec, WebError> {
    let say = |key: &str| words.say(key);
    let list = held.href(Part::Consents);
    let mut stored = Vec::new();
    let found = id.and_then(|id| held.declared.consents.iter().find(|row| row.id == *id));
    let mut controls = Vec::new();
    let mut title = say("setup-consent-new");
    match (found, id) {
        (Some(row), _) => {
            title = purpose_word(&row.purpose, words);
            put(&mut stored, "text", &row.text);
            put(&mut stored, "text_en", &row.text_en);
            put_check(&mut stored, "is_required", row.is_required);
        }
        (None, Some(_)) => return Err(WebError::NotFound),
        (None, None) => {
            let options = PURPOSES.iter().map(|purpose| Choice::new(purpose, purpose_word(purpose, words)));
            controls.push(Control::pick("purpose", say("setup-consent-purpose"), options.collect()));
        }
    }
    controls.extend([
        Control::area("text", say("setup-consent-text"), 5).help(say("setup-consent-text-help")),
        Control::check("is_required", say("setup-consent-required")).help(say("setup-consent-required-help")),
        Control::area("text_en", say("setup-consent-text-en"), 4).optional(words),
    ]);
    Ok(FormSpec {
        part: Part::Consents,
        title,
        lead: say(if held.is_open() { "setup-consent-version" } else { "setup-consent-lead" }),
        action: format!("{list}/{}", id.map_or("new", ConsentId::as_str)),
        back: Some(Crumb { href: list, label: say("setup-part-consents") }),
        groups: vec![Group::of(controls)],
        stored,
    })
}
