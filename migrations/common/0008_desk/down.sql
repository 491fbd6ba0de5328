DROP TABLE viewing_waivers;
DROP TABLE viewings;
DROP TABLE calibrations;
DROP TABLE panel_categories;
DROP TABLE round_desks;
DROP TABLE sheet_saves;
ALTER TABLE assignments DROP COLUMN skipped_at;
ALTER TABLE sheets DROP COLUMN loose_notes;
