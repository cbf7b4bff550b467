-- Version 2. Described in docs/formats/catalog.md. Times are milliseconds since 1970; hashes are SHA-256 of the secret.
CREATE TABLE IF NOT EXISTS accounts (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT NOT NULL
) STRICT;
INSERT OR IGNORE INTO accounts (id, name) VALUES (1, 'Footfall');
CREATE TABLE IF NOT EXISTS sites (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    time_zone  TEXT NOT NULL,
    currency   TEXT NOT NULL,
    settings   TEXT NOT NULL,           -- JSON; fields left out have their default
    account    INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE TABLE IF NOT EXISTS domains (
    domain     TEXT PRIMARY KEY COLLATE NOCASE,
    site       INTEGER NOT NULL REFERENCES sites(id) ON DELETE CASCADE,
    place      INTEGER NOT NULL         -- 0 is the site's name
) STRICT;
CREATE INDEX IF NOT EXISTS domains_by_site ON domains(site);
CREATE TABLE IF NOT EXISTS annotations (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    site       INTEGER NOT NULL REFERENCES sites(id) ON DELETE CASCADE,
    day        TEXT NOT NULL,           -- yyyy-MM-dd, a local date
    text       TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS annotations_by_site ON annotations(site, day);
CREATE TABLE IF NOT EXISTS keys (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    account    INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    hash       BLOB NOT NULL UNIQUE,
    prefix     TEXT NOT NULL,
    label      TEXT NOT NULL,
    scopes     INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    used_at    INTEGER
) STRICT;
CREATE TABLE IF NOT EXISTS shared_links (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    site       INTEGER NOT NULL REFERENCES sites(id) ON DELETE CASCADE,
    name       TEXT NOT NULL,
    token      TEXT NOT NULL UNIQUE,
    password   TEXT,
    filters    TEXT NOT NULL            -- JSON
) STRICT;
CREATE TABLE IF NOT EXISTS members (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    account       INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    name          TEXT NOT NULL,
    email         TEXT NOT NULL UNIQUE COLLATE NOCASE,
    role          INTEGER NOT NULL,     -- 1 viewer, 2 editor, 3 admin, 4 owner
    password      TEXT,                 -- algorithm$rounds$salt$hash
    second_factor BLOB,
    spent_step    INTEGER NOT NULL DEFAULT 0,
    seen_at       INTEGER
) STRICT;
CREATE TABLE IF NOT EXISTS recovery_codes (
    member     INTEGER NOT NULL REFERENCES members(id) ON DELETE CASCADE,
    hash       BLOB NOT NULL,
    PRIMARY KEY (member, hash)
) STRICT;
CREATE TABLE IF NOT EXISTS sessions (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    member      INTEGER NOT NULL REFERENCES members(id) ON DELETE CASCADE,
    hash        BLOB NOT NULL UNIQUE,
    former_hash BLOB UNIQUE,            -- of the secret before the latest renewal
    created_at  INTEGER NOT NULL,
    seen_at     INTEGER NOT NULL,
    renewed_at  INTEGER NOT NULL,
    user_agent  TEXT NOT NULL,
    address     TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS one_time_links (
    hash       BLOB PRIMARY KEY,
    member     INTEGER REFERENCES members(id) ON DELETE CASCADE,  -- null: the first owner signs up
    expires_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS invitations (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    account    INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    email      TEXT NOT NULL COLLATE NOCASE,
    role       INTEGER NOT NULL,
    hash       BLOB NOT NULL UNIQUE,
    expires_at INTEGER NOT NULL,
    UNIQUE (account, email)
) STRICT;
CREATE TABLE IF NOT EXISTS secrets (
    name       TEXT PRIMARY KEY,        -- of this installation, such as the one that signs embed tokens
    secret     BLOB NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS daily_secrets (
    day           TEXT PRIMARY KEY,     -- yyyy-MM-dd, a local date
    secret        BLOB NOT NULL,
    destroy_after INTEGER NOT NULL
) STRICT;
PRAGMA user_version = 2;
