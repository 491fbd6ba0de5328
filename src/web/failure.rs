//! Error pages: what happened, what was kept, what to do; in the visitor's language, or as JSON for programs.

use actix_web::{
    HttpRequest, HttpResponse, ResponseError,
    body::{BoxBody, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{StatusCode, header},
    middleware::Next,
    web::{Bytes, Data},
};
use serde::Serialize;

use super::{
    app::App,
    assets,
    error::WebError,
    form::ShownError,
    kept_form::{self, KeptForm},
    render::Page,
    visitor::Visitor,
};
use crate::base::lang::Lang;

#[derive(Debug, Serialize)]
pub struct FailurePage {
    pub status: u16,
    pub title: String,
    pub text: String,
    pub sign_in: bool,
    /// What was typed, where it was not the form's fault.
    pub again: Option<KeptForm>,
}

impl Page for FailurePage {
    const TEMPLATE: &'static str = "failure.html";
}

/// The same without anything that the database would have to say.
const AWAY_TEMPLATE: &str = "away.html";

impl ResponseError for WebError {
    fn status_code(&self) -> StatusCode {
        self.status()
    }

    /// Without a page: [`show`] puts one around it.
    fn error_response(&self) -> HttpResponse {
        if let Self::Internal(cause) = self {
            tracing::error!(?cause, "request failed");
        }
        HttpResponse::new(self.status())
    }
}

/// Puts a page (or, for a program, JSON) around every error that a handler answered.
pub async fn show<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, actix_web::Error> {
    let wants_json = wants_json(&request);
    // A script that saves by itself keeps what was typed, and tries again.
    let typed = if wants_json { None } else { kept_form::read(&mut request).await? };
    let response = if holds_nul(&request) {
        request.error_response(WebError::NotFound).map_into_right_body()
    } else {
        next.call(request).await?.map_into_left_body()
    };
    let (title, text, errors, status, way, lang) = {
        let failure = response.response().error().and_then(actix_web::Error::as_error::<WebError>);
        let Some(failure) = failure else { return Ok(response) };
        let lang = language_of(&response);
        let status = failure.status();
        let title = lang.say(&format!("web-error-title-{}", status.as_u16()));
        let errors: Vec<ShownError> = match failure {
            WebError::Invalid(errors) => errors
                .0
                .iter()
                .map(|(field, sentence)| ShownError { field: field.clone(), text: sentence.said(lang) })
                .collect(),
            _ => Vec::new(),
        };
        let way = match failure {
            WebError::SignedOut => Some("/sign-in"),
            WebError::PasswordMustChange => Some("/my/account/password"),
            _ => None,
        };
        (title, failure.sentence().said(lang), errors, status, way, lang)
    };
    let request = response.request().clone();
    let answer = if wants_json {
        HttpResponse::build(status)
            .json(serde_json::json!({ "message": text, "status": status.as_u16(), "errors": errors }))
    } else if let Some(way) = way.filter(|_| request.method() == actix_web::http::Method::GET) {
        let back = request.uri().path_and_query().map_or("/", |path| path.as_str());
        let to = format!("{way}?{}", serde_html_form::to_string([("next", back)]).unwrap_or_default());
        HttpResponse::SeeOther().insert_header((header::LOCATION, to)).finish()
    } else {
        let sign_in = way == Some("/sign-in");
        let again = typed.filter(|_| status.is_server_error()).and_then(|typed| again(&request, &typed));
        let page = FailurePage { status: status.as_u16(), title, text, sign_in, again };
        failure_page(&request, &page, status, lang).await
    };
    Ok(ServiceResponse::new(request, answer).map_into_right_body())
}

/// Nothing has such a name, and PostgreSQL takes no text with one.
fn holds_nul(request: &ServiceRequest) -> bool {
    request.uri().path().contains("%00")
}

fn wants_json(request: &ServiceRequest) -> bool {
    ["/api/", "/uploads"].iter().any(|start| request.path().starts_with(start)) || is_fetch(request.request())
}

fn again(request: &HttpRequest, typed: &Bytes) -> Option<KeptForm> {
    let action = request.uri().path_and_query().map_or("/", |path| path.as_str());
    KeptForm::of(action, typed)
}

/// Whether a script of a page asks, which reads data and no page.
pub fn is_fetch(request: &HttpRequest) -> bool {
    request.headers().get("x-requested-with").is_some_and(|value| value.as_bytes() == b"fetch")
}

async fn failure_page(
    request: &HttpRequest,
    page: &FailurePage,
    status: StatusCode,
    lang: Lang,
) -> HttpResponse {
    use actix_web::FromRequest;
    let app = request.app_data::<Data<App>>().cloned();
    let visitor = Visitor::from_request(request, &mut actix_web::dev::Payload::None).await.ok();
    match (app, visitor) {
        (Some(app), Some(visitor)) => app
            .page_with(status, &visitor, page)
            .unwrap_or_else(|_| HttpResponse::build(status).body(page.text.clone())),
        // With the database away there is no visitor to read.
        (Some(app), None) => away_page(&app, page, status, lang),
        _ => HttpResponse::build(status).content_type("text/plain; charset=utf-8").body(page.text.clone()),
    }
}

fn away_page(app: &App, page: &FailurePage, status: StatusCode, lang: Lang) -> HttpResponse {
    let mut context = tera::Context::new();
    context.insert("lang", lang.as_str());
    context.insert("css", &assets::css());
    context.insert("page", page);
    match app.templates.render(lang, AWAY_TEMPLATE, &context) {
        Ok(html) => HttpResponse::build(status).content_type(header::ContentType::html()).body(html),
        Err(_) => HttpResponse::build(status).body(page.text.clone()),
    }
}

fn language_of<B>(response: &ServiceResponse<B>) -> Lang {
    use actix_web::HttpMessage;
    let request = response.request();
    // What the API found in the header of the call.
    if let Some(lang) = request.extensions().get::<Lang>() {
        return *lang;
    }
    if let Some(visitor) = request.extensions().get::<Visitor>() {
        return visitor.words.lang;
    }
    request
        .cookie(super::visitor::LANGUAGE_COOKIE)
        .and_then(|cookie| cookie.value().parse().ok())
        .unwrap_or(Lang::Vi)
}

/// What an address that nobody declared answers.
pub async fn unknown_address() -> Result<HttpResponse, WebError> {
    Err(WebError::NotFound)
}
