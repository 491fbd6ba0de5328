ALTER TABLE uploads DROP COLUMN leased_until;
ALTER TABLE uploads DROP COLUMN leased_to;
