-- From version 1: sites and keys come to belong to the first account. Runs in one transaction, with Catalog.sql after it, which makes the rest.
ALTER TABLE sites ADD COLUMN account INTEGER NOT NULL DEFAULT 1;
CREATE TABLE accounts (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT NOT NULL
) STRICT;
INSERT INTO accounts (id, name) VALUES (1, 'Footfall');
CREATE TABLE keys (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    account    INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    hash       BLOB NOT NULL UNIQUE,
    prefix     TEXT NOT NULL,
    label      TEXT NOT NULL,
    scopes     INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    used_at    INTEGER
) STRICT;
INSERT INTO keys (account, hash, prefix, label, scopes, created_at)
SELECT 1, hash, prefix, label, scopes, created_at FROM api_keys ORDER BY created_at;
DROP TABLE api_keys;
