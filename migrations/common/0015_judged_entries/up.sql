-- Whether the entry stands in the pool and is to be scored there. It follows from when it left and from the entry's state; every
-- page of a judge asks it, for each entry of the judge's list.
ALTER TABLE pool_entries ADD COLUMN is_judged BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE pool_entries SET is_judged = TRUE
    WHERE left_at IS NULL AND entry_id IN (SELECT id FROM entries WHERE status IN ('accepted', 'sample'));
CREATE UNIQUE INDEX pool_entries_judged ON pool_entries (pool_id, entry_id) WHERE is_judged;
-- How far a judge is, is read in one index.
DROP INDEX sheets_judge;
CREATE INDEX sheets_judge ON sheets (judge_id, pool_id, entry_id, status);
-- What an entry has won is asked on its page, and is not to be looked for among all that its contest gave.
CREATE INDEX grants_entry ON grants (entry_id, contest_id);
