-- The organisation: levels are data, units are nodes of a dated tree.
CREATE TABLE levels (
    code TEXT PRIMARY KEY NOT NULL,
    position INTEGER NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_en TEXT NOT NULL,
    aliases TEXT NOT NULL
);
CREATE TABLE units (
    id TEXT PRIMARY KEY NOT NULL,
    parent_id TEXT REFERENCES units (id),
    level TEXT NOT NULL REFERENCES levels (code),
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    search_text TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    merged_into TEXT REFERENCES units (id),
    page_url TEXT,
    created_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX units_code_while_valid ON units (code) WHERE valid_to IS NULL;
CREATE INDEX units_parent ON units (parent_id);
-- Every unit with itself (depth 0) and each unit above it, as the tree stands now.
CREATE TABLE unit_ancestors (
    unit_id TEXT NOT NULL REFERENCES units (id),
    ancestor_id TEXT NOT NULL REFERENCES units (id),
    depth INTEGER NOT NULL,
    PRIMARY KEY (unit_id, ancestor_id)
);
CREATE INDEX unit_ancestors_ancestor ON unit_ancestors (ancestor_id, depth);
-- What a unit was called and where it hung, from a date to a date.
CREATE TABLE unit_versions (
    id TEXT PRIMARY KEY NOT NULL,
    unit_id TEXT NOT NULL REFERENCES units (id),
    parent_id TEXT REFERENCES units (id),
    level TEXT NOT NULL REFERENCES levels (code),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    note TEXT NOT NULL
);
CREATE INDEX unit_versions_unit ON unit_versions (unit_id);

-- People who can sign in, and what they may do where.
CREATE TABLE accounts (
    id TEXT PRIMARY KEY NOT NULL,
    full_name TEXT NOT NULL,
    phone TEXT UNIQUE,
    email TEXT UNIQUE,
    password_hash TEXT,
    password_must_change BOOLEAN NOT NULL,
    language TEXT NOT NULL,
    status TEXT NOT NULL,
    is_administrator BOOLEAN NOT NULL,
    search_text TEXT NOT NULL,
    -- Collation keys, so that lists can be sorted as a Vietnamese dictionary does and paged at once.
    given_name_key TEXT NOT NULL,
    full_name_key TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX accounts_given_name ON accounts (given_name_key);
CREATE INDEX accounts_full_name ON accounts (full_name_key);
CREATE TABLE offices (
    id TEXT PRIMARY KEY NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    unit_id TEXT NOT NULL REFERENCES units (id),
    role TEXT NOT NULL,
    title TEXT NOT NULL,
    starts_at TIMESTAMP NOT NULL,
    ends_at TIMESTAMP
);
CREATE INDEX offices_account ON offices (account_id);
CREATE INDEX offices_unit ON offices (unit_id);
CREATE TABLE sessions (
    id TEXT PRIMARY KEY NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    kind TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    label TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    seen_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP
);
CREATE INDEX sessions_account ON sessions (account_id);
CREATE TABLE sign_in_failures (
    id TEXT PRIMARY KEY NOT NULL,
    subject TEXT NOT NULL,
    failed_at TIMESTAMP NOT NULL
);
CREATE INDEX sign_in_failures_subject ON sign_in_failures (subject, failed_at);
CREATE TABLE invitations (
    id TEXT PRIMARY KEY NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL,
    unit_id TEXT NOT NULL REFERENCES units (id),
    pool_id TEXT,
    full_name TEXT NOT NULL,
    title TEXT NOT NULL,
    invited_by TEXT NOT NULL REFERENCES accounts (id),
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    accepted_at TIMESTAMP,
    accepted_by TEXT REFERENCES accounts (id),
    cancelled_at TIMESTAMP
);
CREATE INDEX invitations_unit ON invitations (unit_id);

-- A contest and everything that is declared before it opens.
CREATE TABLE contests (
    id TEXT PRIMARY KEY NOT NULL,
    slug TEXT NOT NULL UNIQUE,
    host_unit_id TEXT NOT NULL REFERENCES units (id),
    status TEXT NOT NULL,
    title TEXT NOT NULL,
    title_en TEXT NOT NULL,
    summary TEXT NOT NULL,
    summary_en TEXT NOT NULL,
    rules TEXT NOT NULL,
    rules_en TEXT NOT NULL,
    opens_at TIMESTAMP,
    closes_at TIMESTAMP,
    grace_minutes INTEGER NOT NULL,
    code_prefix TEXT NOT NULL,
    next_number INTEGER NOT NULL,
    kinds TEXT NOT NULL,
    max_per_person INTEGER,
    max_per_unit INTEGER,
    preset TEXT,
    is_demonstration BOOLEAN NOT NULL,
    search_text TEXT NOT NULL,
    edition INTEGER NOT NULL,
    created_by TEXT NOT NULL REFERENCES accounts (id),
    created_at TIMESTAMP NOT NULL,
    opened_at TIMESTAMP,
    ended_at TIMESTAMP
);
CREATE INDEX contests_host ON contests (host_unit_id);
CREATE TABLE organisers (
    contest_id TEXT NOT NULL REFERENCES contests (id),
    account_id TEXT NOT NULL REFERENCES accounts (id),
    added_at TIMESTAMP NOT NULL,
    PRIMARY KEY (contest_id, account_id)
);
CREATE TABLE categories (
    id TEXT PRIMARY KEY NOT NULL,
    contest_id TEXT NOT NULL REFERENCES contests (id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    name_en TEXT NOT NULL,
    description TEXT NOT NULL,
    is_retired BOOLEAN NOT NULL
);
CREATE INDEX categories_contest ON categories (contest_id);
CREATE TABLE fields (
    id TEXT PRIMARY KEY NOT NULL,
    contest_id TEXT NOT NULL REFERENCES contests (id),
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    label TEXT NOT NULL,
    label_en TEXT NOT NULL,
    help TEXT NOT NULL,
    help_en TEXT NOT NULL,
    is_required BOOLEAN NOT NULL,
    is_public BOOLEAN NOT NULL,
    settings TEXT NOT NULL,
    is_retired BOOLEAN NOT NULL
);
CREATE INDEX fields_contest ON fields (contest_id);
CREATE TABLE consents (
    id TEXT PRIMARY KEY NOT NULL,
    contest_id TEXT NOT NULL REFERENCES contests (id),
    position INTEGER NOT NULL,
    purpose TEXT NOT NULL,
    version INTEGER NOT NULL,
    text TEXT NOT NULL,
    text_en TEXT NOT NULL,
    is_required BOOLEAN NOT NULL,
    created_at TIMESTAMP NOT NULL,
    superseded_at TIMESTAMP,
    UNIQUE (contest_id, purpose, version)
);
CREATE TABLE rounds (
    id TEXT PRIMARY KEY NOT NULL,
    contest_id TEXT NOT NULL REFERENCES contests (id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    name_en TEXT NOT NULL,
    pool_level TEXT NOT NULL REFERENCES levels (code),
    method TEXT NOT NULL,
    judges_per_entry INTEGER NOT NULL,
    is_blind BOOLEAN NOT NULL,
    aggregation TEXT NOT NULL,
    tie_chain TEXT NOT NULL,
    cut_policy TEXT NOT NULL,
    lot_seed TEXT NOT NULL,
    vote_weight INTEGER NOT NULL,
    quota TEXT NOT NULL,
    opens_at TIMESTAMP,
    closes_at TIMESTAMP
);
CREATE INDEX rounds_contest ON rounds (contest_id, position);
CREATE TABLE criteria (
    id TEXT PRIMARY KEY NOT NULL,
    round_id TEXT NOT NULL REFERENCES rounds (id),
    position INTEGER NOT NULL,
    group_name TEXT NOT NULL,
    name TEXT NOT NULL,
    name_en TEXT NOT NULL,
    description TEXT NOT NULL,
    min_mark BIGINT NOT NULL,
    max_mark BIGINT NOT NULL,
    step BIGINT NOT NULL,
    weight BIGINT NOT NULL,
    is_required BOOLEAN NOT NULL,
    descriptors TEXT NOT NULL
);
CREATE INDEX criteria_round ON criteria (round_id, position);
CREATE TABLE awards (
    id TEXT PRIMARY KEY NOT NULL,
    contest_id TEXT NOT NULL REFERENCES contests (id),
    round_id TEXT NOT NULL REFERENCES rounds (id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    name_en TEXT NOT NULL,
    goes_to TEXT NOT NULL,
    kind TEXT,
    max_grants INTEGER
);
CREATE INDEX awards_contest ON awards (contest_id);

-- What people send in.
CREATE TABLE entries (
    id TEXT PRIMARY KEY NOT NULL,
    contest_id TEXT NOT NULL REFERENCES contests (id),
    unit_id TEXT NOT NULL REFERENCES units (id),
    unit_name TEXT NOT NULL,
    level TEXT NOT NULL REFERENCES levels (code),
    kind TEXT NOT NULL,
    category_id TEXT REFERENCES categories (id),
    code TEXT,
    title TEXT NOT NULL,
    authors TEXT NOT NULL,
    search_text TEXT NOT NULL,
    answers TEXT NOT NULL,
    status TEXT NOT NULL,
    status_reason TEXT,
    status_by TEXT REFERENCES accounts (id),
    status_at TIMESTAMP NOT NULL,
    correction_due_at TIMESTAMP,
    owner_id TEXT NOT NULL REFERENCES accounts (id),
    entered_by TEXT NOT NULL REFERENCES accounts (id),
    is_on_behalf BOOLEAN NOT NULL,
    revision INTEGER NOT NULL,
    edition INTEGER NOT NULL,
    is_late BOOLEAN NOT NULL,
    is_published BOOLEAN NOT NULL,
    created_at TIMESTAMP NOT NULL,
    saved_at TIMESTAMP NOT NULL,
    submitted_at TIMESTAMP,
    UNIQUE (contest_id, code)
);
CREATE INDEX entries_contest_status ON entries (contest_id, status);
CREATE INDEX entries_unit ON entries (unit_id);
CREATE INDEX entries_owner ON entries (owner_id);
CREATE TABLE entry_people (
    id TEXT PRIMARY KEY NOT NULL,
    entry_id TEXT NOT NULL REFERENCES entries (id),
    position INTEGER NOT NULL,
    full_name TEXT NOT NULL,
    part TEXT NOT NULL
);
CREATE INDEX entry_people_entry ON entry_people (entry_id);
CREATE TABLE entry_tools (
    entry_id TEXT NOT NULL REFERENCES entries (id),
    tool TEXT NOT NULL,
    PRIMARY KEY (entry_id, tool)
);
CREATE INDEX entry_tools_tool ON entry_tools (tool);
CREATE TABLE entry_consents (
    entry_id TEXT NOT NULL REFERENCES entries (id),
    consent_id TEXT NOT NULL REFERENCES consents (id),
    account_id TEXT NOT NULL REFERENCES accounts (id),
    given_at TIMESTAMP NOT NULL,
    PRIMARY KEY (entry_id, consent_id)
);
-- Each submission, whole: what the platform accepted, and the receipt for it.
CREATE TABLE revisions (
    id TEXT PRIMARY KEY NOT NULL,
    entry_id TEXT NOT NULL REFERENCES entries (id),
    number INTEGER NOT NULL,
    content TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    receipt_code TEXT NOT NULL UNIQUE,
    submitted_at TIMESTAMP NOT NULL,
    submitted_by TEXT NOT NULL REFERENCES accounts (id),
    UNIQUE (entry_id, number)
);
CREATE TABLE files (
    hash TEXT PRIMARY KEY NOT NULL,
    byte_count BIGINT NOT NULL,
    media_type TEXT NOT NULL,
    stored_at TIMESTAMP NOT NULL
);
CREATE TABLE attachments (
    id TEXT PRIMARY KEY NOT NULL,
    entry_id TEXT NOT NULL REFERENCES entries (id),
    field_id TEXT NOT NULL REFERENCES fields (id),
    position INTEGER NOT NULL,
    file_hash TEXT NOT NULL REFERENCES files (hash),
    file_name TEXT NOT NULL,
    byte_count BIGINT NOT NULL,
    media_type TEXT NOT NULL,
    media TEXT NOT NULL,
    added_by TEXT NOT NULL REFERENCES accounts (id),
    added_at TIMESTAMP NOT NULL,
    removed_at TIMESTAMP
);
CREATE INDEX attachments_entry ON attachments (entry_id);
CREATE INDEX attachments_file ON attachments (file_hash);

-- Judging: pools, panels, sheets.
CREATE TABLE pools (
    id TEXT PRIMARY KEY NOT NULL,
    contest_id TEXT NOT NULL REFERENCES contests (id),
    round_id TEXT NOT NULL REFERENCES rounds (id),
    unit_id TEXT NOT NULL REFERENCES units (id),
    status TEXT NOT NULL,
    deadline_at TIMESTAMP,
    draw_seed TEXT,
    judging_closed_at TIMESTAMP,
    created_at TIMESTAMP NOT NULL,
    UNIQUE (round_id, unit_id)
);
CREATE INDEX pools_unit ON pools (unit_id);
CREATE INDEX pools_contest ON pools (contest_id);
CREATE TABLE pool_extensions (
    id TEXT PRIMARY KEY NOT NULL,
    pool_id TEXT NOT NULL REFERENCES pools (id),
    old_deadline_at TIMESTAMP,
    new_deadline_at TIMESTAMP NOT NULL,
    reason TEXT NOT NULL,
    extended_by TEXT NOT NULL REFERENCES accounts (id),
    extended_at TIMESTAMP NOT NULL
);
CREATE TABLE pool_entries (
    pool_id TEXT NOT NULL REFERENCES pools (id),
    entry_id TEXT NOT NULL REFERENCES entries (id),
    nomination_id TEXT,
    received_at TIMESTAMP NOT NULL,
    left_at TIMESTAMP,
    PRIMARY KEY (pool_id, entry_id)
);
CREATE INDEX pool_entries_entry ON pool_entries (entry_id);
CREATE TABLE panel_members (
    id TEXT PRIMARY KEY NOT NULL,
    pool_id TEXT NOT NULL REFERENCES pools (id),
    account_id TEXT NOT NULL REFERENCES accounts (id),
    role TEXT NOT NULL,
    number INTEGER NOT NULL,
    max_entries INTEGER,
    joined_at TIMESTAMP NOT NULL,
    left_at TIMESTAMP,
    leave_reason TEXT,
    UNIQUE (pool_id, account_id)
);
CREATE INDEX panel_members_account ON panel_members (account_id);
CREATE TABLE assignments (
    id TEXT PRIMARY KEY NOT NULL,
    pool_id TEXT NOT NULL REFERENCES pools (id),
    entry_id TEXT NOT NULL REFERENCES entries (id),
    judge_id TEXT NOT NULL REFERENCES accounts (id),
    position INTEGER NOT NULL,
    assigned_by TEXT NOT NULL REFERENCES accounts (id),
    assigned_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    end_reason TEXT
);
CREATE UNIQUE INDEX assignments_once ON assignments (pool_id, entry_id, judge_id) WHERE ended_at IS NULL;
CREATE INDEX assignments_judge ON assignments (judge_id, pool_id);
CREATE TABLE conflicts (
    id TEXT PRIMARY KEY NOT NULL,
    contest_id TEXT NOT NULL REFERENCES contests (id),
    judge_id TEXT NOT NULL REFERENCES accounts (id),
    entry_id TEXT NOT NULL REFERENCES entries (id),
    reason TEXT NOT NULL,
    declared_by TEXT NOT NULL REFERENCES accounts (id),
    declared_at TIMESTAMP NOT NULL,
    UNIQUE (judge_id, entry_id)
);
CREATE INDEX conflicts_entry ON conflicts (entry_id);
CREATE TABLE sheets (
    id TEXT PRIMARY KEY NOT NULL,
    pool_id TEXT NOT NULL REFERENCES pools (id),
    entry_id TEXT NOT NULL REFERENCES entries (id),
    judge_id TEXT NOT NULL REFERENCES accounts (id),
    status TEXT NOT NULL,
    comment TEXT NOT NULL,
    private_note TEXT NOT NULL,
    edition INTEGER NOT NULL,
    saved_at TIMESTAMP NOT NULL,
    submitted_at TIMESTAMP,
    UNIQUE (pool_id, entry_id, judge_id)
);
CREATE INDEX sheets_judge ON sheets (judge_id, pool_id);
CREATE TABLE marks (
    sheet_id TEXT NOT NULL REFERENCES sheets (id),
    criterion_id TEXT NOT NULL REFERENCES criteria (id),
    value BIGINT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (sheet_id, criterion_id)
);
-- Every submission, reopening and voiding of a sheet, whole; nothing here is ever changed.
CREATE TABLE sheet_events (
    id TEXT PRIMARY KEY NOT NULL,
    sheet_id TEXT NOT NULL REFERENCES sheets (id),
    event TEXT NOT NULL,
    content TEXT NOT NULL,
    reason TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    happened_at TIMESTAMP NOT NULL
);
CREATE INDEX sheet_events_sheet ON sheet_events (sheet_id);

-- Selection: what a body decided, and what it sent up.
CREATE TABLE decisions (
    id TEXT PRIMARY KEY NOT NULL,
    pool_id TEXT NOT NULL REFERENCES pools (id),
    number INTEGER NOT NULL,
    body_name TEXT NOT NULL,
    members_present TEXT NOT NULL,
    minutes TEXT NOT NULL,
    document_number TEXT NOT NULL,
    document_date DATE,
    standing TEXT NOT NULL,
    standing_hash TEXT NOT NULL,
    change_reason TEXT NOT NULL,
    decided_by TEXT NOT NULL REFERENCES accounts (id),
    decided_at TIMESTAMP NOT NULL,
    UNIQUE (pool_id, number)
);
CREATE TABLE decision_entries (
    decision_id TEXT NOT NULL REFERENCES decisions (id),
    entry_id TEXT NOT NULL REFERENCES entries (id),
    outcome TEXT NOT NULL,
    place INTEGER,
    score_text TEXT NOT NULL,
    deviation_reason TEXT NOT NULL,
    PRIMARY KEY (decision_id, entry_id)
);
CREATE TABLE nominations (
    id TEXT PRIMARY KEY NOT NULL,
    contest_id TEXT NOT NULL REFERENCES contests (id),
    entry_id TEXT NOT NULL REFERENCES entries (id),
    decision_id TEXT NOT NULL REFERENCES decisions (id),
    from_pool_id TEXT NOT NULL REFERENCES pools (id),
    to_pool_id TEXT NOT NULL REFERENCES pools (id),
    status TEXT NOT NULL,
    snapshot TEXT NOT NULL,
    dossier_hash TEXT NOT NULL,
    proposed_by TEXT NOT NULL REFERENCES accounts (id),
    proposed_at TIMESTAMP NOT NULL,
    answered_by TEXT REFERENCES accounts (id),
    answered_at TIMESTAMP,
    answer_reason TEXT
);
CREATE INDEX nominations_to ON nominations (to_pool_id);
CREATE INDEX nominations_from ON nominations (from_pool_id);
CREATE UNIQUE INDEX nominations_once ON nominations (from_pool_id, entry_id) WHERE status IN ('proposed', 'accepted');

-- Votes: counts that the organisers record with proof; the newest row of an entry counts.
CREATE TABLE vote_counts (
    id TEXT PRIMARY KEY NOT NULL,
    pool_id TEXT NOT NULL REFERENCES pools (id),
    entry_id TEXT NOT NULL REFERENCES entries (id),
    votes BIGINT NOT NULL,
    source TEXT NOT NULL,
    proof_url TEXT NOT NULL,
    proof_file_hash TEXT REFERENCES files (hash),
    reason TEXT NOT NULL,
    recorded_by TEXT NOT NULL REFERENCES accounts (id),
    recorded_at TIMESTAMP NOT NULL
);
CREATE INDEX vote_counts_pool ON vote_counts (pool_id, entry_id);

-- Awards: who won what; what was published.
CREATE TABLE grants (
    id TEXT PRIMARY KEY NOT NULL,
    contest_id TEXT NOT NULL REFERENCES contests (id),
    award_id TEXT NOT NULL REFERENCES awards (id),
    pool_id TEXT NOT NULL REFERENCES pools (id),
    entry_id TEXT REFERENCES entries (id),
    unit_id TEXT REFERENCES units (id),
    citation TEXT NOT NULL,
    granted_by TEXT NOT NULL REFERENCES accounts (id),
    granted_at TIMESTAMP NOT NULL,
    revoked_by TEXT REFERENCES accounts (id),
    revoked_at TIMESTAMP,
    revoke_reason TEXT,
    CHECK ((entry_id IS NULL) <> (unit_id IS NULL))
);
CREATE INDEX grants_contest ON grants (contest_id);
CREATE INDEX grants_pool ON grants (pool_id);
CREATE UNIQUE INDEX grants_entry_once ON grants (award_id, pool_id, entry_id) WHERE revoked_at IS NULL;
CREATE UNIQUE INDEX grants_unit_once ON grants (award_id, pool_id, unit_id) WHERE revoked_at IS NULL;
CREATE TABLE publications (
    id TEXT PRIMARY KEY NOT NULL,
    contest_id TEXT NOT NULL REFERENCES contests (id),
    scope TEXT NOT NULL,
    pool_id TEXT REFERENCES pools (id),
    version INTEGER NOT NULL,
    content TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    reason TEXT NOT NULL,
    published_by TEXT NOT NULL REFERENCES accounts (id),
    published_at TIMESTAMP NOT NULL,
    UNIQUE (scope, version)
);
CREATE INDEX publications_contest ON publications (contest_id);

-- Who did what, when, on what. Append-only; seals chain what was appended.
CREATE TABLE audit (
    id TEXT PRIMARY KEY NOT NULL,
    contest_id TEXT REFERENCES contests (id),
    account_id TEXT REFERENCES accounts (id),
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    before_hash TEXT NOT NULL,
    after_hash TEXT NOT NULL,
    details TEXT NOT NULL,
    happened_at TIMESTAMP NOT NULL
);
CREATE INDEX audit_contest ON audit (contest_id, happened_at);
CREATE INDEX audit_subject ON audit (subject_kind, subject_id);
CREATE TABLE audit_seals (
    id TEXT PRIMARY KEY NOT NULL,
    contest_id TEXT REFERENCES contests (id),
    scope TEXT NOT NULL,
    position BIGINT NOT NULL,
    audit_id TEXT NOT NULL UNIQUE REFERENCES audit (id),
    seal TEXT NOT NULL,
    UNIQUE (scope, position)
);
