-- What is made of a file for viewing, once for the same bytes.
CREATE TABLE renderings (
    source_hash TEXT PRIMARY KEY NOT NULL REFERENCES files (hash),
    recipe TEXT NOT NULL,
    status TEXT NOT NULL,
    -- Why it was given up.
    trouble TEXT,
    facts TEXT NOT NULL,
    queued_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP
);
CREATE INDEX renderings_status ON renderings (status);
CREATE TABLE renditions (
    source_hash TEXT NOT NULL REFERENCES renderings (source_hash),
    name TEXT NOT NULL,
    file_hash TEXT NOT NULL REFERENCES files (hash),
    byte_count BIGINT NOT NULL,
    media_type TEXT NOT NULL,
    facts TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    PRIMARY KEY (source_hash, name)
);
CREATE INDEX renditions_file ON renditions (file_hash);
-- What is said in a film, in one language.
CREATE TABLE captions (
    attachment_id TEXT NOT NULL REFERENCES attachments (id),
    lang TEXT NOT NULL,
    content TEXT NOT NULL,
    n_cues INTEGER NOT NULL,
    added_by TEXT NOT NULL REFERENCES accounts (id),
    added_at TIMESTAMP NOT NULL,
    PRIMARY KEY (attachment_id, lang)
);
-- A judge's own notes at moments of a film or of sound.
CREATE TABLE sheet_notes (
    id TEXT PRIMARY KEY NOT NULL,
    pool_id TEXT NOT NULL REFERENCES pools (id),
    entry_id TEXT NOT NULL REFERENCES entries (id),
    judge_id TEXT NOT NULL REFERENCES accounts (id),
    attachment_id TEXT NOT NULL REFERENCES attachments (id),
    at_ms BIGINT NOT NULL,
    content TEXT NOT NULL,
    noted_at TIMESTAMP NOT NULL
);
CREATE INDEX sheet_notes_sheet ON sheet_notes (pool_id, entry_id, judge_id);
