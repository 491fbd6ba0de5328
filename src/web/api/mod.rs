//! The API for programs: the same acts and policies as the pages, bearer tokens, JSON.

mod caller;
mod contests;
mod openapi;
mod units;

crate::addresses! {
    GET "/api/openapi.json" => openapi::show,
    GET "/api/v1/contests" => contests::list,
    GET "/api/v1/contests/{slug}" => contests::show,
    GET "/api/v1/units/{code}" => units::show,
}

/// A moment in answers: RFC 3339, UTC.
fn moment(at: crate::base::clock::Moment) -> String {
    at.and_utc().to_rfc3339_opts(chrono::SecondsFormat::Micros, true)
}
