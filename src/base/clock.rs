//! The only place that reads the time.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{NaiveDateTime, SubsecRound, Utc};

/// A moment in UTC, to the microsecond because PostgreSQL keeps no more.
pub type Moment = NaiveDateTime;

#[derive(Clone)]
pub enum Clock {
    System,
    /// Stands still until it is set: for tests, and for the replay of a past contest.
    Fixed(Arc<Mutex<Moment>>),
}

impl Clock {
    pub fn fixed(at: Moment) -> Self {
        Self::Fixed(Arc::new(Mutex::new(at)))
    }

    pub fn now(&self) -> Moment {
        match self {
            #[expect(clippy::disallowed_methods, reason = "this is the clock")]
            Self::System => Utc::now().naive_utc().trunc_subsecs(6),
            Self::Fixed(at) => *at.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// Moves a fixed clock; the system's clock cannot be moved.
    pub fn set(&self, moment: Moment) {
        if let Self::Fixed(at) = self {
            *at.lock().unwrap_or_else(PoisonError::into_inner) = moment;
        }
    }
}
