-- The picture of a trial is a rendition of the game.
ALTER TABLE games DROP COLUMN picture_hash;
