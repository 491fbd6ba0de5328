//! What officers do with entries: the inbox of a unit, one entry, entering for a member.

pub mod check;
pub mod due;
mod export;
pub mod inbox;
pub mod new;
pub mod show;

crate::addresses! {
    GET "/manage/units/{unit}/entries" => inbox::show,
    GET "/manage/units/{unit}/entries.xlsx" => export::xlsx,
    GET "/manage/units/{unit}/entries.csv" => export::csv,
    POST "/manage/units/{unit}/entries/accept" => inbox::accept,
    GET "/manage/units/{unit}/entries/new" => new::show,
    POST "/manage/units/{unit}/entries/new" => new::create,
    GET "/manage/entries/{entry}" => show::show,
    POST "/manage/entries/{entry}/accept" => check::accept,
    POST "/manage/entries/{entry}/return" => check::give_back,
    POST "/manage/entries/{entry}/reject" => check::reject,
    POST "/manage/entries/{entry}/disqualify" => check::disqualify,
}
