//! Where games are played: an origin of its own that knows no accounts, no cookies and no pages. A pass says which game
//! may be handed out and until when; the pages issue it to whoever may see the entry.

mod enclose;
mod file;

use crate::{
    base::{clock::Moment, seal::Sealer, text::path_part},
    features::attachments::games::{Game, PlayPass, alias_of},
};

pub use enclose::{Arena, enclose};

crate::addresses! {
    GET "/play/{pass}/{path:.*}" => file::show,
}

/// Where the game starts. `is_veiled`: for judges of a blind round, without the names of its folders and pages.
pub fn play_address(arena: &Arena, sealer: &Sealer, game: &Game, is_veiled: bool, now: Moment) -> String {
    let pass = PlayPass::issue(sealer, &game.file_hash, now);
    let path = if is_veiled {
        alias_of(&game.start_path)
    } else {
        game.start_path.split('/').map(path_part).collect::<Vec<_>>().join("/")
    };
    format!("{}/play/{}/{path}", arena.url, pass.as_str())
}
