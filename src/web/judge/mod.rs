//! What a judge sees: the pools, the list, the sheet beside the work. Nothing here names a maker in a blind round.

mod along;
mod conflict;
mod home;
mod list;
mod pull;
mod reopen;
mod review;
mod scores;
mod sheet;
mod viewing;

pub use crate::web::veil::Veil;
pub use home::{ShownProgress, status_label};
pub use sheet::time_of;

use crate::{
    base::ids::{EntryId, PoolId},
    web::error::WebError,
};

crate::addresses! {
    GET "/judge" => home::show,
    GET "/judge/offline" => along::offline,
    GET "/judge/pools/{pool}" => list::show,
    GET "/judge/pools/{pool}/scores" => scores::show,
    GET "/judge/pools/{pool}/review" => review::show,
    POST "/judge/pools/{pool}/review" => review::submit,
    POST "/judge/pools/{pool}/next" => pull::next,
    GET "/judge/pools/{pool}/entries/{entry}" => sheet::show,
    GET "/judge/pools/{pool}/entries/{entry}/along" => along::show,
    POST "/judge/pools/{pool}/entries/{entry}/autosave" => sheet::autosave,
    POST "/judge/pools/{pool}/entries/{entry}/submit" => sheet::submit,
    POST "/judge/pools/{pool}/entries/{entry}/viewing" => viewing::record,
    POST "/judge/pools/{pool}/entries/{entry}/notes" => sheet::add_note,
    POST "/judge/pools/{pool}/entries/{entry}/notes/{note}/remove" => sheet::remove_note,
    GET "/judge/pools/{pool}/entries/{entry}/conflict" => conflict::show,
    POST "/judge/pools/{pool}/entries/{entry}/conflict" => conflict::declare,
    GET "/judge/pools/{pool}/entries/{entry}/reopen" => reopen::show,
    POST "/judge/pools/{pool}/entries/{entry}/reopen" => reopen::reopen,
}

fn pool_id(text: &str) -> Result<PoolId, WebError> {
    text.parse().map_err(|_| WebError::NotFound)
}

/// Of an address of an entry on a desk.
fn place((pool, entry): &(String, String)) -> Result<(PoolId, EntryId), WebError> {
    Ok((pool_id(pool)?, entry.parse().map_err(|_| WebError::NotFound)?))
}

fn list_href(pool: &PoolId) -> String {
    format!("/judge/pools/{pool}")
}

fn sheet_href(pool: &PoolId, entry: &EntryId) -> String {
    format!("/judge/pools/{pool}/entries/{entry}")
}
