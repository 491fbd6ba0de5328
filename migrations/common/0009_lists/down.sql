DROP INDEX entries_gallery;
DROP INDEX entries_inbox;
