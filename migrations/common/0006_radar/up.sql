-- What entries are compared by: the words of an entry or of one of its files, the hash of a picture or of a frame.
CREATE TABLE fingerprints (
    id TEXT PRIMARY KEY NOT NULL,
    entry_id TEXT NOT NULL REFERENCES entries (id),
    -- The submission that it was taken of.
    revision INTEGER NOT NULL,
    -- None for the entry's own words.
    attachment_id TEXT REFERENCES attachments (id),
    kind TEXT NOT NULL,
    -- Of a frame: where in the film, in hundredths of its length.
    position INTEGER NOT NULL,
    value TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL
);
CREATE INDEX fingerprints_entry ON fingerprints (entry_id, kind);
CREATE INDEX fingerprints_attachment ON fingerprints (attachment_id);
-- Two fingerprints that may be alike share at least one key.
CREATE TABLE fingerprint_keys (
    key_value BIGINT NOT NULL,
    fingerprint_id TEXT NOT NULL REFERENCES fingerprints (id),
    PRIMARY KEY (key_value, fingerprint_id)
);
CREATE INDEX fingerprint_keys_fingerprint ON fingerprint_keys (fingerprint_id);
-- Two entries that are alike, the one with the smaller id first. Never a judgement: people look.
CREATE TABLE likenesses (
    id TEXT PRIMARY KEY NOT NULL,
    first_entry_id TEXT NOT NULL REFERENCES entries (id),
    second_entry_id TEXT NOT NULL REFERENCES entries (id),
    kind TEXT NOT NULL,
    -- How sure, from 0 to 100.
    score INTEGER NOT NULL,
    evidence TEXT NOT NULL,
    status TEXT NOT NULL,
    status_reason TEXT,
    status_by TEXT REFERENCES accounts (id),
    status_at TIMESTAMP NOT NULL,
    found_at TIMESTAMP NOT NULL,
    UNIQUE (first_entry_id, second_entry_id, kind)
);
CREATE INDEX likenesses_second ON likenesses (second_entry_id);
CREATE INDEX likenesses_status ON likenesses (status, found_at);
-- Copies of files without what says who made them, for judges of blind rounds.
CREATE TABLE cleaned_files (
    file_hash TEXT PRIMARY KEY NOT NULL REFERENCES files (hash),
    -- None when no such copy can be made.
    clean_hash TEXT REFERENCES files (hash),
    media_type TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL
);
