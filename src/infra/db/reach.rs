//! Whether the database can be reached at all. A page waits for a connection while many ask at once or a server is being
//! restarted; once connecting has failed for longer than that, waiting helps nobody.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// So long a database may be gone before pages stop waiting for it.
const PATIENCE: Duration = Duration::from_secs(1);

#[derive(Debug, Clone, Default)]
pub struct Reach(Arc<Mutex<Option<Instant>>>);

impl Reach {
    pub fn failed(&self, now: Instant) {
        self.since().get_or_insert(now);
    }

    pub fn succeeded(&self) {
        *self.since() = None;
    }

    pub fn is_away(&self, now: Instant) -> bool {
        self.since().is_some_and(|since| now.duration_since(since) >= PATIENCE)
    }

    fn since(&self) -> std::sync::MutexGuard<'_, Option<Instant>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_is_away_when_connecting_failed_for_a_while_and_nothing_succeeded_since() {
        let start = Instant::now();
        let reach = Reach::default();
        for (event, milliseconds, is_away) in [
            ("", 0, false),
            ("failed", 0, false),
            ("failed", 900, false),
            ("", 1000, true),
            ("failed", 5000, true),
        ] {
            let now = start + Duration::from_millis(milliseconds);
            if event == "failed" {
                reach.failed(now);
            }
            assert_eq!(reach.is_away(now), is_away, "after {milliseconds} ms");
        }
        reach.succeeded();
        reach.failed(start + Duration::from_secs(6));
        assert!(!reach.is_away(start + Duration::from_millis(6500)));
    }
}
