//! Counts queries, so that a test can say how many a page costs and the metrics how many the server makes.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use diesel::connection::{Instrumentation, InstrumentationEvent};

#[derive(Debug, Clone, Default)]
pub struct QueryCount(Arc<AtomicU64>);

impl QueryCount {
    pub fn total(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    /// What only marks where something begins and ends asks for nothing.
    pub fn leave_out(&self, n: u64) {
        self.0.fetch_sub(n, Ordering::Relaxed);
    }
}

impl Instrumentation for QueryCount {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        if matches!(event, InstrumentationEvent::StartQuery { .. }) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}
