DROP TABLE cleaned_files;
DROP TABLE likenesses;
DROP TABLE fingerprint_keys;
DROP TABLE fingerprints;
