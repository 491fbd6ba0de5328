ALTER TABLE entries DROP COLUMN work;
ALTER TABLE entries DROP COLUMN unit_above;
