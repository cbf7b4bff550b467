-- $p0 = 7
-- $p1 = 2026-03-19T23:00:00.0000000Z
-- $p2 = 2026-04-02T22:00:00.0000000Z
-- $p3 = pageview
WITH v AS (
    SELECT x.visit,
        x.engagement_ms > 10000 OR x.key_events > 0 OR x.pageviews >= 2 AS engaged,
        x.identity,
        x.visitor,
        x.pageviews AS s2,
        x.started_at >= $p1 AND x.ended_at < $p2 AS in_one_row,
        x.started_at < $p1 AS begun_before
    FROM visits_all x
    WHERE x.site = $p0 AND x.ended_at >= $p1 AND x.started_at < $p2 AND x.bot IS NULL
),
j AS (
    SELECT v.visit AS unit, v.visitor, v.s2, v.engaged, true AS in_one_row FROM v WHERE v.in_one_row
    UNION ALL
    SELECT e.unit, v.visitor, e.s2, v.engaged, false AS in_one_row
    FROM (SELECT e.visit AS unit, any_value(e.visitor) AS visitor,
        count(*) FILTER (WHERE e.name = $p3) AS s2
    FROM events_all e
    WHERE e.site = $p0 AND e.occurred_at >= $p1 AND e.occurred_at < $p2 AND e.bot IS NULL AND e.visit IN (SELECT visit FROM v WHERE NOT in_one_row AND begun_before)
    GROUP BY unit) e JOIN v ON v.visit = e.unit
    UNION ALL
    SELECT e.unit, v.visitor, e.s2, v.engaged, false AS in_one_row
    FROM (SELECT e.visit AS unit, any_value(e.visitor) AS visitor,
        count(*) FILTER (WHERE e.name = $p3) AS s2
    FROM events_all e
    WHERE e.site = $p0 AND e.occurred_at >= $p1 AND e.occurred_at < $p2 AND e.bot IS NULL AND e.visit IN (SELECT visit FROM v WHERE NOT in_one_row AND NOT begun_before)
    GROUP BY unit) e JOIN v ON v.visit = e.unit
),
t AS (
    SELECT count(DISTINCT j.visitor) AS c0,
        count(*) AS c1,
        coalesce(sum(j.s2), 0) AS c2,
        count(*) FILTER (WHERE j.engaged) AS c3
    FROM j
)
SELECT 1 AS kind, CAST(c0 AS DOUBLE) AS m0, CAST(c1 AS DOUBLE) AS m1, CAST(c2 AS DOUBLE) AS m2, (CAST(c1 AS DOUBLE) - CAST(c3 AS DOUBLE)) / nullif(CAST(c1 AS DOUBLE), 0) AS m3,
    CAST(1 AS BIGINT) AS row_count, daily, lasting,
    (SELECT min(complete_until) FROM warehouse_state) AS complete_until
FROM t, (SELECT bool_or(x.identity = 0) AS daily, bool_or(x.identity > 0) AS lasting FROM v x)
