-- $p0 = 7
-- $p1 = 2026-03-19T23:00:00.0000000Z
-- $p2 = 2026-04-02T22:00:00.0000000Z
-- $p3 = pageview
-- $p4 = (not set)
-- $p5 = /blog
-- $p6 = 100
-- $p7 = 0
WITH e AS MATERIALIZED (
    SELECT e.page AS d0,
        e.visitor AS unit,
        count(*) FILTER (WHERE e.name = $p3) AS s1
    FROM events_all e
    WHERE e.site = $p0 AND e.occurred_at >= $p1 AND e.occurred_at < $p2 AND e.bot IS NULL
        AND contains(coalesce(nullif(e.page, ''), $p4), $p5)
    GROUP BY d0, unit
),
r AS MATERIALIZED (
    SELECT coalesce(nullif(e.d0, ''), $p4) AS d0,
        count(*) AS c0,
        coalesce(sum(e.s1), 0) AS c1
    FROM e
    GROUP BY 1
),
t AS (
    SELECT count(*) AS c0,
        coalesce(sum(e.s1), 0) AS c1
    FROM (SELECT unit, sum(s1) AS s1 FROM e GROUP BY unit) e
)
SELECT * FROM (
(SELECT 0 AS kind, d0, CAST(c0 AS DOUBLE) AS m0, CAST(c1 AS DOUBLE) AS m1,
    NULL AS row_count, NULL AS daily, NULL AS lasting, NULL AS complete_until
FROM r
ORDER BY m0 DESC NULLS LAST, d0 LIMIT $p6 OFFSET $p7)
UNION ALL
(SELECT 1 AS kind, NULL AS d0, CAST(c0 AS DOUBLE) AS m0, CAST(c1 AS DOUBLE) AS m1,
    (SELECT count(*) FROM r) AS row_count, (SELECT bool_or(x.identity = 0) FROM visits_all x WHERE x.site = $p0 AND x.ended_at >= $p1 AND x.started_at < $p2 AND x.bot IS NULL) AS daily, (SELECT bool_or(x.identity > 0) FROM visits_all x WHERE x.site = $p0 AND x.ended_at >= $p1 AND x.started_at < $p2 AND x.bot IS NULL) AS lasting,
    (SELECT min(complete_until) FROM warehouse_state) AS complete_until
FROM t)
) ORDER BY kind, m0 DESC NULLS LAST, d0
