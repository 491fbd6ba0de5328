//! What everyone may see.

pub mod contests;
mod demo;
pub mod entries;
mod health;
mod home;
mod invitations;
mod language;
pub mod results;
mod sign_in;
pub mod units;

pub use invitations::role_key as invitation_role_key;
pub use language::own_address;

crate::addresses! {
    GET "/" => home::show,
    GET "/contests" => contests::list::list,
    GET "/contests/{slug}" => contests::show::show,
    POST "/language" => language::choose,
    GET "/sign-in" => sign_in::show,
    POST "/sign-in" => sign_in::sign_in,
    POST "/sign-out" => sign_in::sign_out,
    GET "/invitations/{token}" => invitations::show,
    POST "/invitations/{token}" => invitations::accept,
    GET "/units" => units::list,
    GET "/units/{unit}" => units::show,
    GET "/demo/accounts.json" => demo::accounts,
    GET "/healthz" => health::alive,
    GET "/readyz" => health::ready,
    GET "/metrics" => super::metrics::show,
}
