-- Galleries and inboxes count and page through these alone, without reading whole entries.
CREATE INDEX entries_gallery ON entries (contest_id, is_published, status, code, id);
CREATE INDEX entries_inbox ON entries (submitted_at, id, unit_id, status, contest_id);
