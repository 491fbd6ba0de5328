//! The description of the API for programs.

use actix_web::HttpResponse;
use utoipa::{
    Modify, OpenApi,
    openapi::security::{Http, HttpAuthScheme, SecurityScheme},
};

use super::{contests, entries, judging, results, tokens, units};

#[derive(OpenApi)]
#[openapi(
    info(title = "Hội Thi", description = "Contests of organisations that are trees."),
    paths(
        tokens::make, tokens::end, tokens::me, contests::list, contests::show, results::statistics, results::results,
        entries::list, entries::create, entries::show, entries::save, entries::submit, entries::withdraw,
        judging::standing, judging::save, units::show,
    ),
    modifiers(&BearerTokens)
)]
struct Description;

struct BearerTokens;

impl Modify for BearerTokens {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let components = openapi.components.get_or_insert_with(Default::default);
        components.add_security_scheme("bearer", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
    }
}

pub async fn show() -> HttpResponse {
    HttpResponse::Ok().json(Description::openapi())
}
