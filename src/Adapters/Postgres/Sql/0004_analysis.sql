-- What the scheduled analysis remembers.
CREATE TABLE analysis_state (
    one        boolean PRIMARY KEY DEFAULT true CHECK (one),
    epoch      bigint NOT NULL          -- of the lease that the newest run ran under
);
INSERT INTO analysis_state (epoch) VALUES (0);
CREATE TABLE analysis_positions (
    partition  integer PRIMARY KEY,
    log_offset bigint NOT NULL          -- everything of the warehouse before it is booked
);
CREATE TABLE analysis_sites (
    site       integer PRIMARY KEY,
    first_at   timestamptz NOT NULL,    -- of its events
    events     bigint NOT NULL
);
CREATE TABLE analysis_runs (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    engine     text NOT NULL,
    began_at   timestamptz NOT NULL,
    seconds    double precision NOT NULL,
    partitions integer[] NOT NULL,
    from_offsets    bigint[] NOT NULL,  -- of the partitions, in their order
    through_offsets bigint[] NOT NULL,
    complete_until  timestamptz,
    events     bigint NOT NULL,
    sites      integer NOT NULL,
    days       integer NOT NULL,
    failure    text
);
