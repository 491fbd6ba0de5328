-- Work for later, queued in the transaction of the fact that caused it.
CREATE TABLE jobs (
    id TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    payload TEXT NOT NULL,
    status TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    -- Not before this moment.
    due_at TIMESTAMP NOT NULL,
    -- Whoever claimed it has until then; afterwards it is anybody's again.
    leased_until TIMESTAMP,
    percent INTEGER NOT NULL,
    reason TEXT,
    queued_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP
);
CREATE UNIQUE INDEX jobs_waiting_once ON jobs (kind, subject) WHERE status = 'waiting';
CREATE INDEX jobs_due ON jobs (status, due_at);
CREATE INDEX jobs_subject ON jobs (subject, kind);
