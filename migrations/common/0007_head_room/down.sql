DROP TABLE released_comments;
DROP TABLE remarks;
DROP TABLE rulings;
DROP TABLE extra_draws;
ALTER TABLE rounds DROP COLUMN shown_chain;
ALTER TABLE rounds DROP COLUMN carry_weight;
ALTER TABLE rounds DROP COLUMN is_standardised;
ALTER TABLE rounds DROP COLUMN feedback;
