//! An officer brings somebody in who has no account: the first password is shown once, to be read to them.

use actix_web::{HttpResponse, web::Path};

use super::list::{Asked, Once, Typed, read};
use crate::{
    base::ids::{UnitId, spoken_code},
    features::{
        accounts::{
            Details, OfficeRole,
            people::{NewPerson, add_person},
        },
        refusal::{Refusal, Refused},
    },
    web::{
        error::WebError,
        form::{AppData, Form},
        signing_in::hash,
        visitor::SignedIn,
    },
};

pub async fn add(
    app: AppData,
    signed: SignedIn,
    unit: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let SignedIn { visitor, person } = signed;
    let page = read(&app, &visitor, &person, &unit, Asked::default()).await?;
    let typed = Typed {
        form: "add".to_owned(),
        full_name: form.get("full_name").to_owned(),
        phone: form.get("phone").to_owned(),
        email: form.get("email").to_owned(),
        role: form.get("role").to_owned(),
        title: form.get("title").to_owned(),
        ..Typed::default()
    };
    let details = match Details::parse(&typed.full_name, &typed.phone, &typed.email) {
        Ok(details) => details,
        Err(errors) => return page.again(&app, &visitor, typed, Refusal::Invalid(errors)),
    };
    let password = spoken_code();
    let unit_id: UnitId = unit.parse().map_err(|_| WebError::NotFound)?;
    let new = NewPerson {
        details,
        password_hash: hash(&password).await?,
        language: visitor.words.lang,
        unit_id,
        role: typed.role.parse().unwrap_or(OfficeRole::Member),
        title: typed.title.clone(),
    };
    let (by, now) = (person.clone(), app.clock.now());
    let added = app.db.write(move |db| add_person(db, by.as_ref(), &new, now)).await;
    match added {
        Ok(account) => {
            let page = read(&app, &visitor, &person, &unit, Asked::default()).await?;
            let name = [("name", account.full_name.into())];
            let once = Once {
                title: visitor.words.say("people-first-password-title"),
                text: visitor.words.say_with("people-first-password-text", &name),
                value: password,
            };
            page.once(&app, &visitor, once)
        }
        Err(error) => page.again(&app, &visitor, typed, error.refusal()),
    }
}
