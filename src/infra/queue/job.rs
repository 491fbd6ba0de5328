use diesel::prelude::*;

use crate::base::{clock::Moment, ids::JobId, json::Json};

crate::text_enum! {
    pub enum JobStatus {
        Waiting = "waiting",
        Running = "running",
        Done = "done",
        /// Given up, for the reason that stands beside it.
        Failed = "failed",
    }
}

#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = crate::infra::db::schema::jobs, treat_none_as_null = true)]
pub struct Job {
    pub id: JobId,
    /// What is to be done; the jobs' floor knows the words.
    pub kind: String,
    /// What it is done with: an id or a hash.
    pub subject: String,
    pub payload: Json<serde_json::Value>,
    pub status: JobStatus,
    /// How often it was begun.
    pub attempts: i32,
    pub due_at: Moment,
    pub leased_until: Option<Moment>,
    pub percent: i32,
    /// Why it failed the last time.
    pub reason: Option<String>,
    pub queued_at: Moment,
    pub ended_at: Option<Moment>,
}

/// What a fact asks for. The same kind and subject wait only once.
#[derive(Debug, Clone, PartialEq)]
pub struct NewJob {
    pub kind: &'static str,
    pub subject: String,
    pub payload: serde_json::Value,
    pub due_at: Moment,
}

impl NewJob {
    pub fn now(kind: &'static str, subject: impl ToString, now: Moment) -> Self {
        Self { kind, subject: subject.to_string(), payload: serde_json::Value::Null, due_at: now }
    }

    #[must_use]
    pub fn with(mut self, payload: serde_json::Value) -> Self {
        self.payload = payload;
        self
    }

    #[must_use]
    pub fn due_at(mut self, due_at: Moment) -> Self {
        self.due_at = due_at;
        self
    }
}
