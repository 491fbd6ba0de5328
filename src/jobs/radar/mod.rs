//! The radar for copies: at every submission over one entry, on request over a contest or everything.

mod read;
mod sweep;

use super::{Outcome, Setback, Tools, Work};
use crate::{
    base::ids::{ContestId, EntryId},
    features::{
        entries::{RADAR_OF_ENTRY, RADAR_READS_ENTRY},
        radar::RADAR_OF_CONTEST,
    },
    infra::queue::{self, Job},
};

pub use sweep::{Heard, Progress, Swept, sweep};

pub const OF_ENTRY: Work = Work { kind: RADAR_OF_ENTRY, run: of_entry };
pub const READS: Work = Work { kind: RADAR_READS_ENTRY, run: read_entry };
pub const OF_CONTEST: Work = Work { kind: RADAR_OF_CONTEST, run: of_contest };

fn of_entry(tools: Tools, job: Job) -> Outcome {
    Box::pin(async move {
        let entry: EntryId = job.subject.parse()?;
        sweep::fingerprint(&tools, &entry, &mut sweep::Commons::default()).await?;
        sweep::compare(&tools, &entry, &mut sweep::Commons::default()).await?;
        Ok(())
    })
}

fn read_entry(tools: Tools, job: Job) -> Outcome {
    Box::pin(async move {
        sweep::fingerprint(&tools, &job.subject.parse()?, &mut sweep::Commons::default()).await?;
        Ok(())
    })
}

fn of_contest(tools: Tools, job: Job) -> Outcome {
    Box::pin(async move {
        let contest: ContestId = job.subject.parse()?;
        let (mut said, beat) = (0, tools.clone());
        let hear = move |progress: Progress| -> Heard {
            let percent = progress.percent();
            if percent == said {
                return Box::pin(async { Ok(()) });
            }
            said = percent;
            let (job, beat) = (job.clone(), beat.clone());
            Box::pin(async move {
                let until = beat.clock.now() + super::LEASE;
                beat.db.write(move |db| queue::extend(db, &job, percent, until)).await?;
                Ok(())
            })
        };
        sweep(&tools, Some(contest), hear).await.map_err(|error| Setback::ForNow(error.to_string()))?;
        Ok(())
    })
}
