-- Version 1. Described in docs/formats/warehouse.md. Times are UTC. Tables named *_recent take the appends;
-- compaction moves their rows, sorted by site and time, into the table without the suffix. Reports read the views.

CREATE TABLE IF NOT EXISTS warehouse_state (
    partition       INTEGER NOT NULL,
    log_offset      BIGINT  NOT NULL,   -- everything before it is in these tables
    next_sequence   BIGINT  NOT NULL,
    next_visit      BIGINT  NOT NULL,
    complete_until  TIMESTAMP,          -- received time of the last hit worked off
    format_version  INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS events_recent (
    site            INTEGER   NOT NULL,
    occurred_at     TIMESTAMP NOT NULL,
    received_at     TIMESTAMP NOT NULL,
    sequence        BIGINT    NOT NULL,
    log_offset      BIGINT    NOT NULL,
    visitor         UBIGINT   NOT NULL,
    visit           BIGINT    NOT NULL,
    name            VARCHAR   NOT NULL,
    hostname        VARCHAR   NOT NULL,
    page            VARCHAR   NOT NULL,
    title           VARCHAR,
    engagement_ms   INTEGER   NOT NULL,
    interactive     BOOLEAN   NOT NULL,
    key_event       BOOLEAN   NOT NULL,
    time_replaced   BOOLEAN   NOT NULL,
    amount          BIGINT,             -- millionths of currency
    currency        VARCHAR,
    revenue         BIGINT,             -- millionths of the site's currency
    items           INTEGER   NOT NULL, -- pieces
    order_id        VARCHAR,
    user_id         VARCHAR,
    props           VARCHAR,            -- a JSON object
    bot             VARCHAR             -- the reason, or null
);
CREATE TABLE IF NOT EXISTS events AS SELECT * FROM events_recent LIMIT 0;
CREATE OR REPLACE VIEW events_all AS SELECT * FROM events UNION ALL SELECT * FROM events_recent;

CREATE TABLE IF NOT EXISTS visit_parts (
    site            INTEGER   NOT NULL,
    visit           BIGINT    NOT NULL,
    visitor         UBIGINT   NOT NULL,
    identity        UTINYINT  NOT NULL, -- 0 daily hash, 1 client id, 2 user id
    session_key     UBIGINT   NOT NULL,
    bot             VARCHAR,
    started_at      TIMESTAMP NOT NULL,
    ended_at        TIMESTAMP NOT NULL,
    first_order     BIGINT    NOT NULL, -- what the columns up to language were taken at
    source          VARCHAR   NOT NULL,
    medium          VARCHAR   NOT NULL,
    campaign        VARCHAR   NOT NULL,
    content         VARCHAR   NOT NULL,
    term            VARCHAR   NOT NULL,
    channel         VARCHAR   NOT NULL,
    referrer        VARCHAR   NOT NULL,
    country         VARCHAR   NOT NULL,
    region          VARCHAR   NOT NULL,
    city            VARCHAR   NOT NULL,
    browser         VARCHAR   NOT NULL,
    browser_version VARCHAR   NOT NULL,
    os              VARCHAR   NOT NULL,
    os_version      VARCHAR   NOT NULL,
    device          VARCHAR   NOT NULL,
    screen_class    VARCHAR   NOT NULL,
    language        VARCHAR   NOT NULL,
    entry_order     BIGINT    NOT NULL, -- the largest number when there is no page view
    entry_page      VARCHAR,
    exit_order      BIGINT    NOT NULL, -- the smallest number when there is no page view
    exit_page       VARCHAR,
    pageviews       INTEGER   NOT NULL,
    events          INTEGER   NOT NULL,
    interactions    INTEGER   NOT NULL, -- interactive events that are not page views
    key_events      INTEGER   NOT NULL,
    engagement_ms   BIGINT    NOT NULL
);
-- A visit stands whole in `visits`, one row, or whole in `visit_parts`, one row or more; never in both.
CREATE TABLE IF NOT EXISTS visits AS SELECT * FROM visit_parts LIMIT 0;

CREATE TABLE IF NOT EXISTS items (
    site            INTEGER   NOT NULL,
    occurred_at     TIMESTAMP NOT NULL,
    sequence        BIGINT    NOT NULL, -- of the event
    event_name      VARCHAR   NOT NULL,
    item_id         VARCHAR   NOT NULL,
    item_name       VARCHAR   NOT NULL,
    brand           VARCHAR,
    category        VARCHAR,
    variant         VARCHAR,
    price           BIGINT,             -- millionths of the event's currency
    quantity        INTEGER   NOT NULL
);

CREATE TABLE IF NOT EXISTS event_keys (
    high            UBIGINT   NOT NULL, -- of a 128-bit hash of site and event id, or of site and order id
    low             UBIGINT   NOT NULL,
    day             DATE      NOT NULL  -- received; keys older than the window are deleted
);

CREATE TABLE IF NOT EXISTS site_activity (
    site                  INTEGER   NOT NULL,
    last_event_at         TIMESTAMP NOT NULL, -- received
    last_tracker_event_at TIMESTAMP           -- received, of events whose sender named itself
);

-- Which logic and rules made what is on a day. More than one where a change of them fell into a day, or a rebuild left part of it.
CREATE TABLE IF NOT EXISTS definitions (
    site            INTEGER NOT NULL,
    day             DATE    NOT NULL,   -- local to the site
    version         VARCHAR NOT NULL
);

-- Which version of which rebuild stands here: in the live file the one that was switched in last, in a version's own file how far it is.
CREATE TABLE IF NOT EXISTS rebuild_version (
    rebuild         VARCHAR NOT NULL,
    version         VARCHAR NOT NULL,   -- before, after, or combined
    visits_left     BIGINT  NOT NULL,   -- what of the days asked for could not be made anew
    events_left     BIGINT  NOT NULL
);

CREATE TABLE IF NOT EXISTS ledger (
    site            INTEGER   NOT NULL,
    hour            TIMESTAMP NOT NULL, -- of receipt
    outcome         VARCHAR   NOT NULL, -- accepted, counted, bot, duplicate, or refused:REASON
    hits            BIGINT    NOT NULL
);

CREATE TABLE IF NOT EXISTS log_damage (
    partition       INTEGER   NOT NULL,
    log_offset      BIGINT    NOT NULL, -- what was durable from here
    next_offset     BIGINT    NOT NULL, -- to here fails its checks, and the hits in it are in no table
    found_at        TIMESTAMP NOT NULL
);

CREATE TABLE IF NOT EXISTS set_aside (
    partition       INTEGER   NOT NULL,
    log_offset      BIGINT    NOT NULL, -- of the record that the hit came in
    hit             INTEGER   NOT NULL, -- which of the record, from 0
    id              UUID      NOT NULL,
    site            INTEGER   NOT NULL,
    visitor         UBIGINT   NOT NULL,
    received_at     TIMESTAMP NOT NULL,
    sequence        BIGINT    NOT NULL, -- that its event would have
    reason          VARCHAR   NOT NULL, -- what a step failed with
    tried_at        TIMESTAMP NOT NULL  -- the last time
);

-- Rollups of closed days (docs/formats/rollups.md). A day is here only while its rollup says what the tables above say.
CREATE TABLE IF NOT EXISTS rolled_days (
    site            INTEGER   NOT NULL,
    day             DATE      NOT NULL, -- of the site's time zone
    basis           VARCHAR   NOT NULL, -- time zone, definitions and layout it was made with
    is_first        BOOLEAN   NOT NULL, -- the site has no event before it
    edition         BIGINT    NOT NULL  -- grows with every day taken in
);

CREATE TABLE IF NOT EXISTS rollup_slices (
    site            INTEGER   NOT NULL,
    day             DATE      NOT NULL,
    dimension       VARCHAR   NOT NULL, -- its id; empty for the day as a whole
    edition         BIGINT    NOT NULL,
    slice           BLOB      NOT NULL
);

CREATE TABLE IF NOT EXISTS rollup_generations (
    site            INTEGER   NOT NULL,
    generation      BIGINT    NOT NULL  -- how often everything of the site was dropped
);
