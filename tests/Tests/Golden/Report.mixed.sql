-- $p0 = 7
-- $p1 = 2026-03-19T23:00:00.0000000Z
-- $p2 = 2026-04-02T22:00:00.0000000Z
-- $p3 = (not set)
-- $p4 = google
-- $p5 = ^A
-- $p6 = 100
-- $p7 = 0
WITH v AS MATERIALIZED (
    SELECT x.visit,
        coalesce(nullif(x.source, ''), $p3) AS x0
    FROM visits_all x
    WHERE x.site = $p0 AND x.ended_at >= $p1 AND x.started_at < $p2
),
e AS (
    SELECT coalesce(e.bot, '') AS d0,
        e.visit AS unit, any_value(e.visitor) AS visitor,
        count(*) AS s0
    FROM events_all e JOIN v ON v.visit = e.visit
    WHERE e.site = $p0 AND e.occurred_at >= $p1 AND e.occurred_at < $p2
        AND ((v.x0 = $p4) OR regexp_matches(coalesce(nullif(e.title, ''), $p3), $p5, 'c'))
    GROUP BY d0, unit
),
j AS MATERIALIZED (
    SELECT e.* FROM e JOIN v ON v.visit = e.unit
),
r AS MATERIALIZED (
    SELECT coalesce(nullif(j.d0, ''), $p3) AS d0,
        coalesce(sum(j.s0), 0) AS c0
    FROM j
    GROUP BY 1
),
t AS (
    SELECT coalesce(sum(j.s0), 0) AS c0
    FROM (SELECT unit, any_value(visitor) AS visitor, sum(s0) AS s0 FROM j GROUP BY unit) j
)
SELECT * FROM (
(SELECT 0 AS kind, d0, CAST(c0 AS DOUBLE) AS m0,
    NULL AS row_count, NULL AS daily, NULL AS lasting, NULL AS complete_until
FROM r
ORDER BY m0 DESC NULLS LAST, d0 LIMIT $p6 OFFSET $p7)
UNION ALL
(SELECT 1 AS kind, NULL AS d0, CAST(c0 AS DOUBLE) AS m0,
    (SELECT count(*) FROM r) AS row_count, daily, lasting,
    (SELECT min(complete_until) FROM warehouse_state) AS complete_until
FROM t, (SELECT CAST(NULL AS BOOLEAN) AS daily, CAST(NULL AS BOOLEAN) AS lasting))
) ORDER BY kind, m0 DESC NULLS LAST, d0
