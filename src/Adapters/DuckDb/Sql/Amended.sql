-- Visits of which rows in Parquet files are not what they say any more. A row of `visits` under such a visit does not count: it was taken
-- apart again, and stands in `visit_parts`. A row of `events` or `visit_parts` under it belongs to the visit `whole`, which may be itself.
CREATE TABLE IF NOT EXISTS amended (
    site   INTEGER NOT NULL,
    visit  BIGINT  NOT NULL,
    whole  BIGINT  NOT NULL
);
