-- Version 1. Described in docs/formats/catalog.md.
CREATE TABLE IF NOT EXISTS sites (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    time_zone  TEXT NOT NULL,
    currency   TEXT NOT NULL,
    settings   TEXT NOT NULL            -- JSON; fields left out have their default
) STRICT;
CREATE TABLE IF NOT EXISTS domains (
    domain     TEXT PRIMARY KEY COLLATE NOCASE,
    site       INTEGER NOT NULL REFERENCES sites(id) ON DELETE CASCADE,
    place      INTEGER NOT NULL         -- 0 is the site's name
) STRICT;
CREATE INDEX IF NOT EXISTS domains_by_site ON domains(site);
CREATE TABLE IF NOT EXISTS api_keys (
    hash       BLOB PRIMARY KEY,        -- SHA-256 of the secret
    prefix     TEXT NOT NULL,
    label      TEXT NOT NULL,
    scopes     INTEGER NOT NULL,
    created_at INTEGER NOT NULL         -- milliseconds since 1970
) STRICT;
CREATE TABLE IF NOT EXISTS daily_secrets (
    day           TEXT PRIMARY KEY,     -- yyyy-MM-dd, a local date
    secret        BLOB NOT NULL,
    destroy_after INTEGER NOT NULL      -- milliseconds since 1970
) STRICT;
PRAGMA user_version = 1;
