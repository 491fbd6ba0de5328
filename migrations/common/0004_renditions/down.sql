DROP TABLE sheet_notes;
DROP TABLE captions;
DROP TABLE renditions;
DROP TABLE renderings;
