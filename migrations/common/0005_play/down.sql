DROP TABLE link_repairs;
DROP TABLE link_checks;
DROP TABLE game_files;
DROP TABLE games;
