-- $p0 = 7
-- $p1 = 2026-03-19T23:00:00.0000000Z
-- $p2 = 2026-04-02T22:00:00.0000000Z
-- $p3 = 2026-03-29T01:00:00.0000000Z
-- $p4 = 3600
-- $p5 = 7200
-- $p6 = pageview
WITH j AS MATERIALIZED (
    SELECT CAST(CASE WHEN e.occurred_at < $p3 THEN e.occurred_at + to_seconds($p4) ELSE e.occurred_at + to_seconds($p5) END AS DATE) AS d0,
        count(*) FILTER (WHERE e.name = $p6) AS s0
    FROM events_all e
    WHERE e.site = $p0 AND e.occurred_at >= $p1 AND e.occurred_at < $p2 AND e.bot IS NULL
    GROUP BY d0
),
r AS MATERIALIZED (
    SELECT j.d0 AS d0,
        coalesce(sum(j.s0), 0) AS c0
    FROM j
    GROUP BY 1
),
t AS (
    SELECT coalesce(sum(j.s0), 0) AS c0
    FROM j
)
SELECT * FROM (
(SELECT 0 AS kind, d0, CAST(c0 AS DOUBLE) AS m0,
    NULL AS row_count, NULL AS daily, NULL AS lasting, NULL AS complete_until
FROM r
ORDER BY d0 ASC NULLS LAST, m0 DESC NULLS LAST, d0)
UNION ALL
(SELECT 1 AS kind, NULL AS d0, CAST(c0 AS DOUBLE) AS m0,
    (SELECT count(*) FROM r) AS row_count, daily, lasting,
    (SELECT min(complete_until) FROM warehouse_state) AS complete_until
FROM t, (SELECT CAST(NULL AS BOOLEAN) AS daily, CAST(NULL AS BOOLEAN) AS lasting))
) ORDER BY kind, d0 ASC NULLS LAST, m0 DESC NULLS LAST, d0
