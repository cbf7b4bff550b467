-- Which visits of the two versions go together. Run with the version before attached as `before`, the temporary tables `covered` (site, from_at,
-- to_at: what is to be replaced) and `missing` (from_offset, to_offset: raw hits that are gone), on the version after.
CREATE OR REPLACE TEMP VIEW old_events AS SELECT * FROM before.events UNION ALL SELECT * FROM before.events_recent;
CREATE OR REPLACE TEMP VIEW new_events AS SELECT * FROM events UNION ALL SELECT * FROM events_recent;
CREATE OR REPLACE TEMP VIEW old_visits AS SELECT * FROM before.visits UNION ALL SELECT * FROM before.visit_parts;
CREATE OR REPLACE TEMP VIEW new_visits AS SELECT * FROM visits UNION ALL SELECT * FROM visit_parts;

CREATE OR REPLACE TEMP TABLE old_ends AS
SELECT site, visit, any_value(visitor) AS visitor, min(started_at) AS started_at, max(ended_at) AS ended_at FROM old_visits GROUP BY site, visit;
CREATE OR REPLACE TEMP TABLE new_ends AS
SELECT site, visit, any_value(visitor) AS visitor, min(started_at) AS started_at, max(ended_at) AS ended_at FROM new_visits GROUP BY site, visit;

-- By time, and where a step now believes another time, by the record that the hit came in.
CREATE OR REPLACE TEMP TABLE links AS
SELECT o.site, o.visit AS old_visit, n.visit AS new_visit
FROM old_ends o JOIN new_ends n ON o.site = n.site AND o.visitor = n.visitor AND o.started_at <= n.ended_at AND n.started_at <= o.ended_at
UNION
SELECT o.site, o.visit, n.visit
FROM old_events o JOIN new_events n ON o.site = n.site AND o.visitor = n.visitor AND o.log_offset = n.log_offset
WHERE o.occurred_at <> n.occurred_at;

-- Taken: what is replaced.
CREATE OR REPLACE TEMP TABLE old_taken AS
SELECT site, visit FROM old_ends e WHERE EXISTS (SELECT 1 FROM covered c WHERE c.site = e.site AND e.started_at >= c.from_at AND e.started_at < c.to_at);
CREATE OR REPLACE TEMP TABLE new_taken AS
SELECT site, visit FROM new_ends e WHERE EXISTS (SELECT 1 FROM covered c WHERE c.site = e.site AND e.started_at >= c.from_at AND e.started_at < c.to_at);

-- Left: what cannot be made again.
CREATE OR REPLACE TEMP TABLE old_left AS
SELECT DISTINCT site, visit FROM old_events e WHERE EXISTS (SELECT 1 FROM missing m WHERE e.log_offset >= m.from_offset AND e.log_offset < m.to_offset);
CREATE OR REPLACE TEMP TABLE new_left AS SELECT site, visit FROM new_ends LIMIT 0;
