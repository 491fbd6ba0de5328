//! The API for programs: the same acts and policies as the pages, bearer tokens, JSON.

mod caller;
mod contests;
mod entries;
mod judging;
mod openapi;
mod results;
mod tokens;
mod units;

pub use caller::KnownCaller;

crate::addresses! {
    GET "/api/openapi.json" => openapi::show,
    POST "/api/v1/tokens" => tokens::make,
    DELETE "/api/v1/tokens/current" => tokens::end,
    GET "/api/v1/me" => tokens::me,
    GET "/api/v1/contests" => contests::list,
    GET "/api/v1/contests/{slug}" => contests::show,
    GET "/api/v1/contests/{slug}/statistics" => results::statistics,
    GET "/api/v1/contests/{slug}/results" => results::results,
    GET "/api/v1/contests/{slug}/entries" => entries::list,
    POST "/api/v1/contests/{slug}/entries" => entries::create,
    GET "/api/v1/entries/{entry}" => entries::show,
    PUT "/api/v1/entries/{entry}" => entries::save,
    POST "/api/v1/entries/{entry}/submissions" => entries::submit,
    POST "/api/v1/entries/{entry}/withdrawal" => entries::withdraw,
    GET "/api/v1/pools/{pool}/standing" => judging::standing,
    PUT "/api/v1/pools/{pool}/entries/{entry}/sheet" => judging::save,
    GET "/api/v1/units/{code}" => units::show,
}

/// A moment in answers: RFC 3339, UTC.
fn moment(at: crate::base::clock::Moment) -> String {
    at.and_utc().to_rfc3339_opts(chrono::SecondsFormat::Micros, true)
}

/// A body as JSON; what is wrong with it is said, with the place.
fn read_json<T: serde::de::DeserializeOwned>(body: &[u8]) -> Result<T, crate::web::error::WebError> {
    use crate::base::sentence::{FieldErrors, Sentence};
    serde_json::from_slice(body).map_err(|error| {
        let sentence = Sentence::new("web-error-json").with("error", error.to_string());
        crate::web::error::WebError::Invalid(FieldErrors::one("body", sentence))
    })
}
