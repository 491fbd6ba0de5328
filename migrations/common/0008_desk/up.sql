-- The judge's desk: notes, what was put aside, saves that come twice, entries scored first, and what was looked at.

-- Notes for criteria that have no mark yet; with a mark they stand in marks.note.
ALTER TABLE sheets ADD COLUMN loose_notes TEXT NOT NULL DEFAULT '{}';
ALTER TABLE assignments ADD COLUMN skipped_at TIMESTAMP;

-- Which saves of a judge's devices arrived, so that a repeat gets the same answer.
CREATE TABLE sheet_saves (
    judge_id TEXT NOT NULL REFERENCES accounts (id),
    save_id TEXT NOT NULL,
    sheet_id TEXT NOT NULL REFERENCES sheets (id),
    edition INTEGER NOT NULL,
    saved_at TIMESTAMP NOT NULL,
    PRIMARY KEY (judge_id, save_id)
);

-- How the desks of a round work; a round without a row draws its assignments and asks for nothing.
CREATE TABLE round_desks (
    round_id TEXT PRIMARY KEY NOT NULL REFERENCES rounds (id),
    assignment TEXT NOT NULL,
    keeps_viewing BOOLEAN NOT NULL,
    min_watched_percent INTEGER NOT NULL,
    needs_all_pages BOOLEAN NOT NULL
);

-- A judge with rows here takes only entries of these categories.
CREATE TABLE panel_categories (
    panel_member_id TEXT NOT NULL REFERENCES panel_members (id),
    category_id TEXT NOT NULL REFERENCES categories (id),
    PRIMARY KEY (panel_member_id, category_id)
);

-- Entries that everybody on the panel scores first. A sample does not stand in the standing.
CREATE TABLE calibrations (
    pool_id TEXT NOT NULL REFERENCES pools (id),
    entry_id TEXT NOT NULL REFERENCES entries (id),
    is_sample BOOLEAN NOT NULL,
    reason TEXT NOT NULL,
    marked_by TEXT NOT NULL REFERENCES accounts (id),
    marked_at TIMESTAMP NOT NULL,
    PRIMARY KEY (pool_id, entry_id)
);

-- What a judge looked at: `seen` are ranges of seconds or of pages.
CREATE TABLE viewings (
    pool_id TEXT NOT NULL REFERENCES pools (id),
    entry_id TEXT NOT NULL REFERENCES entries (id),
    judge_id TEXT NOT NULL REFERENCES accounts (id),
    attachment_id TEXT NOT NULL,
    seen TEXT NOT NULL,
    amount INTEGER NOT NULL,
    started_at TIMESTAMP NOT NULL,
    last_at TIMESTAMP NOT NULL,
    PRIMARY KEY (pool_id, entry_id, judge_id, attachment_id)
);

-- A sheet may be given without the viewing that the round asks for.
CREATE TABLE viewing_waivers (
    pool_id TEXT NOT NULL REFERENCES pools (id),
    entry_id TEXT NOT NULL REFERENCES entries (id),
    judge_id TEXT NOT NULL REFERENCES accounts (id),
    reason TEXT NOT NULL,
    waived_by TEXT NOT NULL REFERENCES accounts (id),
    waived_at TIMESTAMP NOT NULL,
    PRIMARY KEY (pool_id, entry_id, judge_id)
);
