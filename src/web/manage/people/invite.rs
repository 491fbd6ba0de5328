//! Links by which officers and members come in.

use actix_web::{HttpResponse, web::Path};

use super::list::{Asked, Once, Typed, read};
use crate::{
    base::{
        ids::{InvitationId, UnitId, random_token},
        seal::hash_hex,
        sentence::Sentence,
    },
    features::{
        accounts::{
            InvitationRole,
            invitations::{CancelInvitationError, NewInvitation, cancel_invitation, invite},
            store,
        },
        refusal::Refused,
    },
    infra::db::Db,
    web::{
        error::WebError,
        form::{AppData, Form},
        visitor::SignedIn,
    },
};

pub async fn invite_somebody(
    app: AppData,
    signed: SignedIn,
    unit: Path<String>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let SignedIn { visitor, person } = signed;
    let page = read(&app, &visitor, &person, &unit, Asked::default()).await?;
    let typed = Typed {
        form: "invite".to_owned(),
        full_name: form.get("full_name").to_owned(),
        role: form.get("role").to_owned(),
        title: form.get("title").to_owned(),
        days: form.get("days").to_owned(),
        ..Typed::default()
    };
    let token = random_token();
    let unit_id: UnitId = unit.parse().map_err(|_| WebError::NotFound)?;
    let new = NewInvitation {
        token_hash: hash_hex(token.as_bytes()),
        role: typed.role.parse().unwrap_or(InvitationRole::Member),
        unit_id,
        full_name: typed.full_name.clone(),
        title: typed.title.clone(),
        days: typed.days.trim().parse().unwrap_or(0),
    };
    let (by, now) = (person.clone(), app.clock.now());
    match app.db.write(move |db| invite(db, &by, &new, now)).await {
        Ok(invitation) => {
            let page = read(&app, &visitor, &person, &unit, Asked::default()).await?;
            let until = [("at", visitor.words.date_time(invitation.expires_at).into())];
            let once = Once {
                title: visitor.words.say("people-invitation-title"),
                text: visitor.words.say_with("people-invitation-text", &until),
                value: format!("{}/invitations/{token}", app.base_url),
            };
            page.once(&app, &visitor, once)
        }
        Err(error) => page.again(&app, &visitor, typed, error.refusal()),
    }
}

pub async fn cancel(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
    _: Form,
) -> Result<HttpResponse, WebError> {
    let SignedIn { visitor, person } = signed;
    let (unit, invitation) = path.into_inner();
    let unit: UnitId = unit.parse().map_err(|_| WebError::NotFound)?;
    let invitation: InvitationId = invitation.parse().map_err(|_| WebError::NotFound)?;
    let (now, of) = (app.clock.now(), unit.clone());
    let act = move |db: &mut Db| {
        let written = store::find_invitation(db, &invitation)?;
        let written = written.filter(|invitation| invitation.unit_id == of && invitation.pool_id.is_none());
        cancel_invitation(db, &person, &written.ok_or(CancelInvitationError::NotFound)?.id, now)
    };
    app.db.write(act).await?;
    let to = format!("/manage/units/{unit}/people");
    Ok(visitor.redirect(&app, &to, Some(("ok", Sentence::new("people-invitation-cancelled")))))
}
