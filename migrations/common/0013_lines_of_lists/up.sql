-- What a line of a list shows stands in the entry's own row: the unit above its unit, as it was called when the entry was begun,
-- and the kind, length and picture of its files. An empty text means that the files were not looked at yet.
ALTER TABLE entries ADD COLUMN unit_above TEXT NOT NULL DEFAULT '';
ALTER TABLE entries ADD COLUMN work TEXT NOT NULL DEFAULT '{}';
UPDATE entries SET unit_above = COALESCE(
    (SELECT above.name FROM units own JOIN units above ON above.id = own.parent_id WHERE own.id = entries.unit_id), '');
UPDATE entries SET work = '' WHERE id IN (SELECT entry_id FROM attachments WHERE removed_at IS NULL);
