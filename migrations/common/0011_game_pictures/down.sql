ALTER TABLE games ADD COLUMN picture_hash TEXT;
