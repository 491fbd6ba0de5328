//! Publishing the result of a pool or of a contest, and correcting what was published.

mod preview;
mod send;
mod show;

crate::addresses! {
    GET "/manage/pools/{pool}/publish" => show::show_pool,
    POST "/manage/pools/{pool}/publish" => send::publish_pool,
    GET "/manage/contests/{slug}/publish" => show::show_contest,
    POST "/manage/contests/{slug}/publish" => send::publish_contest,
}
