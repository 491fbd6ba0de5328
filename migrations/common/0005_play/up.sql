-- A game as it is played: unpacked once for each content of a file, tried once in a browser.
CREATE TABLE games (
    file_hash TEXT PRIMARY KEY NOT NULL,
    state TEXT NOT NULL,
    start_path TEXT NOT NULL,
    file_count INTEGER NOT NULL,
    byte_count BIGINT NOT NULL,
    trial TEXT NOT NULL,
    -- What the browser said when it did not start.
    trial_reason TEXT NOT NULL,
    picture_hash TEXT,
    unpacked_at TIMESTAMP NOT NULL,
    tried_at TIMESTAMP
);
CREATE TABLE game_files (
    game_hash TEXT NOT NULL REFERENCES games (file_hash),
    path TEXT NOT NULL,
    file_hash TEXT NOT NULL REFERENCES files (hash),
    media_type TEXT NOT NULL,
    PRIMARY KEY (game_hash, path)
);
CREATE INDEX game_files_stored ON game_files (file_hash);

-- Where an entry leads to: an answer's link, or the code in one of its pictures.
CREATE TABLE link_checks (
    id TEXT PRIMARY KEY NOT NULL,
    entry_id TEXT NOT NULL REFERENCES entries (id),
    source TEXT NOT NULL,
    -- The field of the answer, or the attachment that shows the code.
    place TEXT NOT NULL,
    address TEXT NOT NULL,
    state TEXT NOT NULL,
    status_code INTEGER,
    failure_count INTEGER NOT NULL,
    failing_since TIMESTAMP,
    checked_at TIMESTAMP,
    found_at TIMESTAMP NOT NULL,
    UNIQUE (entry_id, place, address)
);
CREATE INDEX link_checks_checked ON link_checks (checked_at);
-- A dead link may be mended for a while, after the deadline too.
CREATE TABLE link_repairs (
    id TEXT PRIMARY KEY NOT NULL,
    entry_id TEXT NOT NULL REFERENCES entries (id),
    place TEXT NOT NULL,
    address TEXT NOT NULL,
    state TEXT NOT NULL,
    asked_at TIMESTAMP NOT NULL,
    due_at TIMESTAMP NOT NULL,
    new_address TEXT,
    ended_at TIMESTAMP,
    ended_by TEXT
);
CREATE UNIQUE INDEX link_repairs_open ON link_repairs (entry_id, place) WHERE state = 'open';
