-- From version 1: sites and keys come to belong to the first account. Runs after Catalog.sql has made the new tables, in one transaction with it.
ALTER TABLE sites ADD COLUMN account INTEGER NOT NULL DEFAULT 1;
INSERT INTO keys (account, hash, prefix, label, scopes, created_at)
SELECT 1, hash, prefix, label, scopes, created_at FROM api_keys ORDER BY created_at;
DROP TABLE api_keys;
