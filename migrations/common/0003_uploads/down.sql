DROP TABLE file_checks;
DROP TABLE uploads;
