//! The way from an entry to its games: who may see the entry gets a pass for the arena.

mod show;

crate::addresses! {
    GET "/play/{attachment}" => show::show,
    GET "/play/{attachment}/start" => show::start,
}
