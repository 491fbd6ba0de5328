//! Where games are played: an origin of its own that knows no accounts, no cookies and no pages. A pass says which game
//! may be handed out and until when; the pages issue it to whoever may see the entry.

mod enclose;
mod file;

use crate::base::seal::Sealer;

pub use enclose::{Arena, enclose};

crate::addresses! {
    GET "/play/{pass}/{path:.*}" => file::show,
    HEAD "/play/{pass}/{path:.*}" => file::show,
}

/// The address of a game's first page.
pub fn play_address(
    arena: &Arena,
    sealer: &Sealer,
    game: &crate::features::attachments::games::Game,
    now: crate::base::clock::Moment,
) -> String {
    let pass = crate::features::attachments::games::PlayPass::issue(sealer, &game.file_hash, now);
    format!("{}/play/{}/{}", arena.url, pass.as_str(), game.start_path)
}
