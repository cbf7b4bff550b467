-- $p0 = 7
-- $p1 = 2026-03-19T23:00:00.0000000Z
-- $p2 = 2026-04-02T22:00:00.0000000Z
-- $p3 = (not set)
-- $p4 = /blog
-- $p5 = pageview
-- $p6 = 100
-- $p7 = 0
WITH r AS MATERIALIZED (
    SELECT coalesce(nullif(e.page, ''), $p3) AS d0,
        count(DISTINCT e.visitor) AS c0,
        count(*) FILTER (WHERE e.name = $p5) AS c1
    FROM events_all e
    WHERE e.site = $p0 AND e.occurred_at >= $p1 AND e.occurred_at < $p2 AND e.bot IS NULL
        AND contains(coalesce(nullif(e.page, ''), $p3), $p4)
    GROUP BY 1
),
t AS (
    SELECT count(DISTINCT e.visitor) AS c0,
        count(*) FILTER (WHERE e.name = $p5) AS c1
    FROM events_all e
    WHERE e.site = $p0 AND e.occurred_at >= $p1 AND e.occurred_at < $p2 AND e.bot IS NULL
        AND contains(coalesce(nullif(e.page, ''), $p3), $p4)
)
SELECT * FROM (
(SELECT 0 AS kind, d0, CAST(c0 AS DOUBLE) AS m0, CAST(c1 AS DOUBLE) AS m1,
    NULL AS row_count, NULL AS daily, NULL AS lasting, NULL AS complete_until
FROM r
ORDER BY m0 DESC NULLS LAST, d0 LIMIT $p6 OFFSET $p7)
UNION ALL
(SELECT 1 AS kind, NULL AS d0, CAST(c0 AS DOUBLE) AS m0, CAST(c1 AS DOUBLE) AS m1,
    (SELECT count(*) FROM r) AS row_count, daily, lasting,
    (SELECT min(complete_until) FROM warehouse_state) AS complete_until
FROM t, (SELECT bool_or(x.identity = 0) AS daily, bool_or(x.identity > 0) AS lasting FROM visits_all x WHERE x.site = $p0 AND x.ended_at >= $p1 AND x.started_at < $p2 AND x.bot IS NULL))
) ORDER BY kind, m0 DESC NULLS LAST, d0
