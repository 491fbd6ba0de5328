-- What the rules of a round say besides: what entrants see afterwards, how parts of a score are put together, and which
-- chain against ties was shown on made-up scores before the contest opened.
ALTER TABLE rounds ADD COLUMN feedback TEXT NOT NULL DEFAULT 'none';
ALTER TABLE rounds ADD COLUMN is_standardised BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE rounds ADD COLUMN carry_weight INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rounds ADD COLUMN shown_chain TEXT NOT NULL DEFAULT '';

-- One more judge for the entries at the border of the cut: at most twice in a pool.
CREATE TABLE extra_draws (
    id TEXT PRIMARY KEY NOT NULL,
    pool_id TEXT NOT NULL REFERENCES pools (id),
    number INTEGER NOT NULL,
    seats INTEGER NOT NULL,
    entries TEXT NOT NULL,
    drawn_by TEXT NOT NULL REFERENCES accounts (id),
    drawn_at TIMESTAMP NOT NULL,
    UNIQUE (pool_id, number)
);
-- The chair's order of entries with equal scores, best first. The newest that names all of them holds.
CREATE TABLE rulings (
    id TEXT PRIMARY KEY NOT NULL,
    pool_id TEXT NOT NULL REFERENCES pools (id),
    entries TEXT NOT NULL,
    reason TEXT NOT NULL,
    ruled_by TEXT NOT NULL REFERENCES accounts (id),
    ruled_at TIMESTAMP NOT NULL
);
CREATE INDEX rulings_pool ON rulings (pool_id);
-- What members of the panel say to each other about an entry; never changed.
CREATE TABLE remarks (
    id TEXT PRIMARY KEY NOT NULL,
    pool_id TEXT NOT NULL REFERENCES pools (id),
    entry_id TEXT NOT NULL REFERENCES entries (id),
    body TEXT NOT NULL,
    said_by TEXT NOT NULL REFERENCES accounts (id),
    said_at TIMESTAMP NOT NULL
);
CREATE INDEX remarks_pool ON remarks (pool_id);
-- Comments of judges that entrants may read.
CREATE TABLE released_comments (
    sheet_id TEXT PRIMARY KEY NOT NULL REFERENCES sheets (id),
    edition INTEGER NOT NULL,
    released_by TEXT NOT NULL REFERENCES accounts (id),
    released_at TIMESTAMP NOT NULL
);
