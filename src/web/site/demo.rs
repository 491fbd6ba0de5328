//! In the demonstration alone: who can sign in, for people and for programs that try it out.

use actix_web::HttpResponse;

use crate::web::{error::WebError, form::AppData};

pub async fn accounts(app: AppData) -> Result<HttpResponse, WebError> {
    let accounts = app.demo_accounts.as_ref().ok_or(WebError::NotFound)?;
    Ok(HttpResponse::Ok().json(serde_json::json!({ "accounts": accounts.as_ref() })))
}
