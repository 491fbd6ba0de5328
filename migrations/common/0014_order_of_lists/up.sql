-- The entries of a unit are found, counted and put in order in one index.
DROP INDEX entries_unit;
CREATE INDEX entries_unit ON entries (unit_id, submitted_at, id, status, contest_id);
DROP INDEX unit_ancestors_ancestor;
CREATE INDEX unit_ancestors_ancestor ON unit_ancestors (ancestor_id, depth, unit_id);
-- A judge's list is read in its order.
DROP INDEX assignments_judge;
CREATE INDEX assignments_judge ON assignments (judge_id, pool_id, position, entry_id, ended_at, skipped_at);
-- What lists show of an entry names its tools too, and is to be looked at anew.
UPDATE entries SET work = '' WHERE id IN (SELECT entry_id FROM entry_tools);
