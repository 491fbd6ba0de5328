//! Published results and the figures of a contest, for everyone.

mod export;
pub mod lists;
mod page;
mod show;
mod spreadsheet;
mod statistics;

crate::addresses! {
    GET "/contests/{slug}/results" => show::show_latest,
    GET "/contests/{slug}/results/{version}" => show::show_version,
    GET "/contests/{slug}/results/{version}/content.json" => export::content,
    GET "/contests/{slug}/awards.xlsx" => export::xlsx,
    GET "/contests/{slug}/awards.csv" => export::csv,
    GET "/contests/{slug}/statistics" => statistics::show,
    GET "/pools/{pool}/results" => show::show_pool,
}
