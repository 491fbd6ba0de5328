//! What everyone may see.

pub mod contests;
mod demo;
mod health;
mod home;
mod language;
mod sign_in;

pub use language::own_address;

crate::addresses! {
    GET "/" => home::show,
    GET "/contests" => contests::list::list,
    GET "/contests/{slug}" => contests::show::show,
    POST "/language" => language::choose,
    GET "/sign-in" => sign_in::show,
    POST "/sign-in" => sign_in::sign_in,
    POST "/sign-out" => sign_in::sign_out,
    GET "/demo/accounts.json" => demo::accounts,
    GET "/healthz" => health::alive,
    GET "/readyz" => health::ready,
    GET "/metrics" => super::metrics::show,
}
