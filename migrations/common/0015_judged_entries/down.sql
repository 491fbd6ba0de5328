DROP INDEX grants_entry;
DROP INDEX sheets_judge;
CREATE INDEX sheets_judge ON sheets (judge_id, pool_id);
DROP INDEX pool_entries_judged;
ALTER TABLE pool_entries DROP COLUMN is_judged;
