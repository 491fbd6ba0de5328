-- How many sheets each entry needs before the judging may be closed; 0 where the rules ask for none.
ALTER TABLE round_desks ADD COLUMN quorum INTEGER NOT NULL DEFAULT 0;
