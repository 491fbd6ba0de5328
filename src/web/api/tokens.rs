//! Bearer tokens: made with the sign-in of a person, ended by them.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Bytes, Json},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::caller::{Caller, KnownCaller};
use crate::{
    base::sentence::Sentence,
    features::accounts::{SessionKind, signing_in::sign_out},
    web::{
        error::WebError,
        form::AppData,
        signing_in::{self, Attempt, Outcome, address_of, device_of},
    },
};

#[derive(Debug, Deserialize, ToSchema)]
pub struct TokenRequest {
    /// A phone number or an e-mail address.
    pub sign_in: String,
    pub password: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct TokenAnswer {
    /// To be sent as `Authorization: Bearer …`.
    pub token: String,
    /// UTC, RFC 3339.
    pub expires_at: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MeAnswer {
    pub full_name: String,
    pub is_administrator: bool,
    pub offices: Vec<OfficeAnswer>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct OfficeAnswer {
    /// `member` or `officer`.
    pub role: String,
    pub unit_id: String,
}

#[utoipa::path(post, path = "/api/v1/tokens", request_body = TokenRequest,
    responses((status = 201, body = TokenAnswer), (status = 401), (status = 422), (status = 429)))]
pub async fn make(
    app: AppData,
    caller: Caller,
    request: HttpRequest,
    body: Bytes,
) -> Result<HttpResponse, WebError> {
    let asked: TokenRequest = super::read_json(&body)?;
    let attempt = Attempt {
        name: &asked.sign_in,
        password: &asked.password,
        address: address_of(&request, &app),
        kind: SessionKind::Api,
        label: device_of(&request),
    };
    match signing_in::sign_in(&app, attempt).await? {
        Outcome::Started { token, session, .. } => {
            let answer = TokenAnswer { token, expires_at: super::moment(session.expires_at) };
            Ok(HttpResponse::build(StatusCode::CREATED).json(answer))
        }
        Outcome::Wrong => {
            let message = caller.words.say("accounts-sign-in-wrong");
            Ok(HttpResponse::Unauthorized()
                .json(serde_json::json!({ "message": message, "status": 401, "errors": [] })))
        }
        Outcome::Disabled => Err(WebError::Refused(Sentence::new("accounts-sign-in-disabled"))),
        Outcome::Closed => Err(WebError::TooMany),
    }
}

#[utoipa::path(delete, path = "/api/v1/tokens/current", security(("bearer" = [])),
    responses((status = 204), (status = 401)))]
pub async fn end(app: AppData, caller: KnownCaller) -> Result<HttpResponse, WebError> {
    let (person, now) = (caller.person, caller.words.now);
    app.db.write(move |db| sign_out(db, &person, now)).await?;
    Ok(HttpResponse::NoContent().finish())
}

#[utoipa::path(get, path = "/api/v1/me", security(("bearer" = [])),
    responses((status = 200, body = MeAnswer), (status = 401)))]
pub async fn me(caller: KnownCaller) -> Json<MeAnswer> {
    let offices = caller.person.offices.iter();
    Json(MeAnswer {
        full_name: caller.person.full_name.clone(),
        is_administrator: caller.person.is_administrator,
        offices: offices
            .map(|office| OfficeAnswer { role: office.role.to_string(), unit_id: office.unit_id.to_string() })
            .collect(),
    })
}
