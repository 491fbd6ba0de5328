-- Who writes an upload into a bucket, alone, and until when unless more is heard of it.
ALTER TABLE uploads ADD COLUMN leased_to TEXT;
ALTER TABLE uploads ADD COLUMN leased_until TIMESTAMP;
