DROP INDEX assignments_desk;
DROP INDEX assignments_judge;
CREATE INDEX assignments_judge ON assignments (judge_id, pool_id, position, entry_id, ended_at, skipped_at);
ALTER TABLE assignments DROP COLUMN sheet_status;
ALTER TABLE assignments DROP COLUMN is_judged;
