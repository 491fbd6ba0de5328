DROP INDEX assignments_judge;
CREATE INDEX assignments_judge ON assignments (judge_id, pool_id);
DROP INDEX unit_ancestors_ancestor;
CREATE INDEX unit_ancestors_ancestor ON unit_ancestors (ancestor_id, depth);
DROP INDEX entries_unit;
CREATE INDEX entries_unit ON entries (unit_id);
