-- Rollups of closed days, derived from the warehouse. What is large lies in a partition a month, so that a month goes by dropping its tables.
CREATE TABLE rollup_sites (
    site       integer PRIMARY KEY,
    generation bigint NOT NULL          -- how often everything of the site was dropped
);
CREATE TABLE rolled_days (
    site       integer NOT NULL,
    day        date NOT NULL,
    basis      text NOT NULL,
    is_first   boolean NOT NULL,
    edition    bigint NOT NULL,
    PRIMARY KEY (site, day)
);
CREATE INDEX rolled_days_first ON rolled_days (site) WHERE is_first;
CREATE SEQUENCE rollup_editions;
CREATE TABLE rollup_slices (
    site       integer NOT NULL,
    day        date NOT NULL,
    dimension  text NOT NULL,           -- empty for the day as a whole
    edition    bigint NOT NULL,         -- of its row in rolled_days
    bytes      bytea NOT NULL,
    PRIMARY KEY (site, dimension, day)
) PARTITION BY RANGE (day);
-- They are compressed by whoever made them.
ALTER TABLE rollup_slices ALTER COLUMN bytes SET STORAGE EXTERNAL;
CREATE TABLE rollup_touches (
    site       integer NOT NULL,
    day        date NOT NULL,
    partition  integer NOT NULL,
    through    bigint NOT NULL,         -- where the warehouse stands in the partition once it has what touched the day
    PRIMARY KEY (site, day, partition)
) PARTITION BY RANGE (day);

CREATE FUNCTION make_rollup_month(of date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    first date := date_trunc('month', of);
    next date := date_trunc('month', of) + interval '1 month';
    parent text;
BEGIN
    -- One node at a time; the others then find them.
    PERFORM pg_advisory_xact_lock(1382378604, -1);
    FOREACH parent IN ARRAY ARRAY['rollup_slices', 'rollup_touches'] LOOP
        IF to_regclass(parent || to_char(first, '_YYYY_MM')) IS NULL THEN
            EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)', parent || to_char(first, '_YYYY_MM'), parent, first, next);
        END IF;
    END LOOP;
END
$$;
