ALTER TABLE round_desks DROP COLUMN quorum;
