//! More of everything, for load work: further provinces from the national list, each with a contest of its own and an
//! entry from each of its communes.

use chrono::Duration;

use super::{cast::Cast, contest_now::call_in, invented::invented, play::Play, tree, works::Works};
use crate::{
    base::clock::Moment,
    features::{
        attachments::{ImportedEntry, import_entry},
        contests, publication,
    },
};

/// How many entries are brought in by one transaction.
const PER_TRANSACTION: usize = 200;

pub async fn enlarge(play: &Play, cast: &Cast, works: &Works, n: usize, now: Moment) -> anyhow::Result<()> {
    if n == 0 {
        return Ok(());
    }
    (play.say)("the national list of units");
    let provinces = tree::plant_provinces(play, n, now - Duration::days(100)).await?;
    for (k, province) in provinces.iter().enumerate() {
        (play.say)(&format!("{} of {n}: {} with {} communes", k + 1, province.name, province.communes.len()));
        fill(play, cast, works, province, now).await?;
    }
    Ok(())
}

async fn fill(
    play: &Play,
    cast: &Cast,
    works: &Works,
    province: &tree::Province,
    now: Moment,
) -> anyhow::Result<()> {
    let title = format!("Phụ nữ với chuyển đổi số – {} (minh họa)", province.name);
    let administrator = cast.account("administrator")?;
    let contest = call_in(play, &administrator, &province.id, (&title, None), now).await?;
    let id = contest.id.clone();
    let fields = play.act(move |db| Ok(contests::views::list_fields(db, &id)?)).await?;
    let mut entries: Vec<ImportedEntry> = Vec::new();
    for (k, (unit, name)) in province.communes.iter().enumerate() {
        entries.push(invented(works, &contest, &fields, (unit, name), k, now)?);
    }
    while !entries.is_empty() {
        let rest = entries.split_off(PER_TRANSACTION.min(entries.len()));
        let (batch, administrator) = (std::mem::replace(&mut entries, rest), administrator.clone());
        play.act(move |db| {
            let person = Cast::person(db, &administrator, now)?;
            let mut sent = Vec::new();
            for entry in &batch {
                sent.push(import_entry(db, &person, entry)?.entry.id);
            }
            // As after a publication, so that the gallery is as long as the contest; nobody decided anything here.
            publication::store::set_published(db, &sent)?;
            Ok(())
        })
        .await?;
    }
    Ok(())
}
