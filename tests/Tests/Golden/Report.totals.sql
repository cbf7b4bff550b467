-- $p0 = 7
-- $p1 = 2026-03-19T23:00:00.0000000Z
-- $p2 = 2026-04-02T22:00:00.0000000Z
-- $p3 = pageview
WITH v AS MATERIALIZED (
    SELECT x.visit,
        x.started_at,
        x.engagement_ms,
        epoch_us(x.ended_at) - epoch_us(x.started_at) AS duration,
        x.engagement_ms > 10000 OR x.key_events > 0 OR x.pageviews >= 2 AS engaged,
        x.pageviews = 1 AND x.interactions = 0 AS single_page,
        x.key_events > 0 AS with_key_event
    FROM visits_all x
    WHERE x.site = $p0 AND x.ended_at >= $p1 AND x.started_at < $p2 AND x.bot IS NULL
),
e AS MATERIALIZED (
    SELECT e.visit AS unit, any_value(e.visitor) AS visitor,
        count(*) FILTER (WHERE e.name = $p3) AS s2
    FROM events_all e
    WHERE e.site = $p0 AND e.occurred_at >= $p1 AND e.occurred_at < $p2 AND e.bot IS NULL
    GROUP BY unit
),
t AS (
    SELECT count(DISTINCT e.visitor) AS c0,
        count(*) AS c1,
        coalesce(sum(e.s2), 0) AS c2,
        count(*) FILTER (WHERE v.engaged) AS c3
    FROM e JOIN v ON v.visit = e.unit
)
(SELECT 1 AS kind, CAST(c0 AS DOUBLE) AS m0, CAST(c1 AS DOUBLE) AS m1, CAST(c2 AS DOUBLE) AS m2, (CAST(c1 AS DOUBLE) - CAST(c3 AS DOUBLE)) / nullif(CAST(c1 AS DOUBLE), 0) AS m3,
    CAST(1 AS BIGINT) AS row_count, (SELECT bool_or(x.identity = 0) FROM visits_all x WHERE x.site = $p0 AND x.ended_at >= $p1 AND x.started_at < $p2 AND x.bot IS NULL) AS daily, (SELECT bool_or(x.identity > 0) FROM visits_all x WHERE x.site = $p0 AND x.ended_at >= $p1 AND x.started_at < $p2 AND x.bot IS NULL) AS lasting,
    (SELECT min(complete_until) FROM warehouse_state) AS complete_until
FROM t)
