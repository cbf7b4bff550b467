-- Who works on what. A row stays when its lease is given back, so that its epoch only grows.
CREATE TABLE leases (
    name       text PRIMARY KEY,
    epoch      bigint NOT NULL,
    holder     uuid NOT NULL,
    expires_at timestamptz NOT NULL     -- by this server's clock
);
CREATE INDEX leases_by_holder ON leases (holder);
