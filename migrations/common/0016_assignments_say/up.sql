-- What every page of a judge asks of each entry of the judge's list: whether it is to be scored where it stands (as the place in the
-- pool says), and how far the judge's sheet is. With it a judge's list is one stretch of one index.
ALTER TABLE assignments ADD COLUMN is_judged BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE assignments ADD COLUMN sheet_status TEXT;
UPDATE assignments SET
    is_judged = EXISTS (SELECT 1 FROM pool_entries
        WHERE pool_entries.pool_id = assignments.pool_id AND pool_entries.entry_id = assignments.entry_id AND pool_entries.is_judged),
    sheet_status = (SELECT status FROM sheets
        WHERE sheets.pool_id = assignments.pool_id AND sheets.entry_id = assignments.entry_id AND sheets.judge_id = assignments.judge_id)
    WHERE ended_at IS NULL;
DROP INDEX assignments_judge;
CREATE INDEX assignments_judge ON assignments (judge_id, entry_id) WHERE ended_at IS NULL;
CREATE INDEX assignments_desk ON assignments (judge_id, pool_id, position, entry_id, skipped_at, sheet_status)
    WHERE ended_at IS NULL AND is_judged;
