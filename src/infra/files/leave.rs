//! Until when a writer may send anything to a bucket. What is under way when its leave ends is broken off, so that
//! nothing of it comes between what the next writer sends.

use std::{
    pin::pin,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::time::{Instant, timeout_at};

use super::FileStoreError;
use crate::base::ids::WriterId;

/// Shared with whoever prolongs it.
#[derive(Debug, Clone)]
pub struct Leave {
    writer: WriterId,
    until: Arc<Mutex<Option<Instant>>>,
}

impl Leave {
    /// For what nobody else knows of.
    pub fn endless() -> Self {
        Self { writer: WriterId::generate(), until: Arc::default() }
    }

    pub fn until(writer: WriterId, until: Instant) -> Self {
        Self { writer, until: Arc::new(Mutex::new(Some(until))) }
    }

    pub fn writer(&self) -> &WriterId {
        &self.writer
    }

    pub fn prolong(&self, until: Instant) {
        *self.until.lock().unwrap_or_else(PoisonError::into_inner) = Some(until);
    }

    fn ends_at(&self) -> Option<Instant> {
        *self.until.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The work's answer, if it comes while the leave lasts.
    pub async fn within<T>(
        &self,
        work: impl Future<Output = Result<T, FileStoreError>>,
    ) -> Result<T, FileStoreError> {
        let mut work = pin!(work);
        loop {
            let Some(until) = self.ends_at() else { return work.await };
            if until <= Instant::now() {
                return Err(FileStoreError::Busy);
            }
            // It may have been prolonged since.
            if let Ok(done) = timeout_at(until, &mut work).await {
                return done;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn nothing_is_done_when_the_leave_is_over_and_all_of_it_while_it_is_prolonged() {
        let now = Instant::now();
        let over = Leave::until(WriterId::generate(), now);
        assert!(matches!(over.within(async { Ok(()) }).await, Err(FileStoreError::Busy)));
        over.prolong(now + Duration::from_hours(1));
        assert!(over.within(async { Ok(()) }).await.is_ok());
        let reached = std::cell::Cell::new(false);
        let short = Leave::until(WriterId::generate(), now + Duration::from_millis(20));
        let work = async {
            short.prolong(now + Duration::from_millis(60));
            tokio::time::sleep_until(now + Duration::from_millis(40)).await;
            reached.set(true);
            std::future::pending::<Result<(), FileStoreError>>().await
        };
        assert!(matches!(short.within(work).await, Err(FileStoreError::Busy)));
        assert!(reached.get(), "it was prolonged beyond where it would have ended");
        assert!(Leave::endless().within(async { Ok(()) }).await.is_ok());
    }
}
