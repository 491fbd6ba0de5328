//! What everyone may see.

mod health;
mod home;
mod language;

crate::addresses! {
    GET "/" => home::show,
    POST "/language" => language::choose,
    GET "/healthz" => health::alive,
    GET "/readyz" => health::ready,
    GET "/metrics" => super::metrics::show,
}
