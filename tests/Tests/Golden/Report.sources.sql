-- $p0 = 7
-- $p1 = 2026-03-19T23:00:00.0000000Z
-- $p2 = 2026-04-02T22:00:00.0000000Z
-- $p3 = (not set)
-- $p4 = DE
-- $p5 = AT
-- $p6 = purchase
-- $p7 = refund
-- $p8 = 100
-- $p9 = 0
WITH v AS MATERIALIZED (
    SELECT x.visit,
        x.engagement_ms > 10000 OR x.key_events > 0 OR x.pageviews >= 2 AS engaged,
        coalesce(nullif(x.source, ''), $p3) AS d0
    FROM visits_all x
    WHERE x.site = $p0 AND x.ended_at >= $p1 AND x.started_at < $p2 AND x.bot IS NULL
        AND (x.country IN ($p4, $p5))
),
e AS (
    SELECT e.visit AS unit, any_value(e.visitor) AS visitor,
        coalesce(sum(e.revenue) FILTER (WHERE e.name IN ($p6, $p7)), 0) AS s2
    FROM events_all e
    WHERE e.site = $p0 AND e.occurred_at >= $p1 AND e.occurred_at < $p2 AND e.bot IS NULL AND e.visit IN (SELECT visit FROM v)
    GROUP BY unit
),
j AS MATERIALIZED (
    SELECT e.*, v.engaged, v.d0 FROM e JOIN v ON v.visit = e.unit
),
r AS MATERIALIZED (
    SELECT j.d0 AS d0,
        count(*) AS c0,
        count(*) FILTER (WHERE j.engaged) AS c1,
        coalesce(sum(j.s2), 0) AS c2
    FROM j
    GROUP BY 1
),
t AS (
    SELECT count(*) AS c0,
        count(*) FILTER (WHERE j.engaged) AS c1,
        coalesce(sum(j.s2), 0) AS c2
    FROM j
)
SELECT * FROM (
(SELECT 0 AS kind, d0, CAST(c0 AS DOUBLE) AS m0, (CAST(c0 AS DOUBLE) - CAST(c1 AS DOUBLE)) / nullif(CAST(c0 AS DOUBLE), 0) AS m1, (CAST(c2 AS DOUBLE) / 1000000e0) AS m2,
    NULL AS row_count, NULL AS daily, NULL AS lasting, NULL AS complete_until
FROM r
ORDER BY m0 DESC NULLS LAST, d0 LIMIT $p8 OFFSET $p9)
UNION ALL
(SELECT 1 AS kind, NULL AS d0, CAST(c0 AS DOUBLE) AS m0, (CAST(c0 AS DOUBLE) - CAST(c1 AS DOUBLE)) / nullif(CAST(c0 AS DOUBLE), 0) AS m1, (CAST(c2 AS DOUBLE) / 1000000e0) AS m2,
    (SELECT count(*) FROM r) AS row_count, daily, lasting,
    (SELECT min(complete_until) FROM warehouse_state) AS complete_until
FROM t, (SELECT CAST(NULL AS BOOLEAN) AS daily, CAST(NULL AS BOOLEAN) AS lasting))
) ORDER BY kind, m0 DESC NULLS LAST, d0
