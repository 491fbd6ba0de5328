//! The 2024 contest of Bến Tre, replayed through the same acts that the screens call, and a contest that is under way.

mod cast;
mod contest_2024;
mod contest_now;
pub mod data;
mod invented;
mod play;
mod scale;
mod tree;
mod works;

use std::sync::Arc;

pub use cast::demo_accounts;
pub use contest_2024::SLUG;

use crate::web::app::App;
use cast::Cast;
use play::Play;
use works::Works;

/// Fills an empty database; `say` is told how far it is. Returns the app that knows the demonstration's accounts.
pub async fn fill(app: App, scale: usize, say: fn(&str)) -> anyhow::Result<App> {
    let play = Play { app, say };
    let now = play.app.clock.now();
    say("the files of the entries");
    let works = Works::keep(&play.app)?;
    say("the Union's tree of Bến Tre");
    let first_day = "2023-12-20T02:00:00".parse()?;
    let units = tree::plant(&play, first_day).await?;
    let cast = Cast::enter(&play, &units, first_day).await?;
    contest_2024::replay(&play, &cast, &works, &units).await?;
    contest_now::play(&play, &cast, &works, &units, now).await?;
    scale::enlarge(&play, &cast, &works, scale, now).await?;
    Ok(App { demo_accounts: Some(Arc::new(demo_accounts()?)), ..play.app })
}
