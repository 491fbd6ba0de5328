-- A file on its way into a slot of an entry, in pieces, perhaps over days.
CREATE TABLE uploads (
    id TEXT PRIMARY KEY NOT NULL,
    entry_id TEXT NOT NULL REFERENCES entries (id),
    field_id TEXT NOT NULL REFERENCES fields (id),
    account_id TEXT NOT NULL REFERENCES accounts (id),
    file_name TEXT NOT NULL,
    byte_count BIGINT NOT NULL,
    -- What the sender says the bytes will be: the SHA-256 of the SHA-256 of each piece of 8 MiB.
    declared_hash TEXT,
    -- As the client sent it, for the client.
    metadata TEXT NOT NULL,
    status TEXT NOT NULL,
    -- What a bucket has taken in. In a folder the file itself says it.
    saved_bytes BIGINT NOT NULL,
    parts TEXT NOT NULL,
    -- Why it was refused, by language.
    reason TEXT,
    begun_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    attachment_id TEXT REFERENCES attachments (id),
    -- Named in a submission before it was all there.
    promised_at TIMESTAMP,
    promised_in INTEGER
);
CREATE INDEX uploads_entry ON uploads (entry_id, status);
CREATE INDEX uploads_account ON uploads (account_id, status);
CREATE INDEX uploads_expiry ON uploads (status, expires_at);

-- When a stored file was last read again, and what was wrong with it.
CREATE TABLE file_checks (
    file_hash TEXT PRIMARY KEY NOT NULL REFERENCES files (hash),
    checked_at TIMESTAMP NOT NULL,
    finding TEXT
);
CREATE INDEX file_checks_finding ON file_checks (finding);
