-- $p0 = 7
-- $p1 = 2026-03-19T23:00:00.0000000Z
-- $p2 = 2026-04-02T22:00:00.0000000Z
-- $p3 = (not set)
-- $p4 = 2026-03-29T01:00:00.0000000Z
-- $p5 = 3600
-- $p6 = 7200
-- $p7 = /plan
-- $p8 = pro
-- $p9 = 100
-- $p10 = 0
WITH f AS MATERIALIZED (
    SELECT x.visitor, min(x.started_at) AS first_seen
    FROM visits_all x
    WHERE x.site = $p0 AND x.started_at < $p2 AND x.bot IS NULL
    GROUP BY x.visitor
),
v AS MATERIALIZED (
    SELECT x.visit,
        f.first_seen AS first_seen,
        coalesce(nullif(x.device, ''), $p3) AS d1,
        x.identity
    FROM visits_all x JOIN f ON f.visitor = x.visitor
    WHERE x.site = $p0 AND x.ended_at >= $p1 AND x.started_at < $p2 AND x.bot IS NULL
),
e AS (
    SELECT CAST(date_trunc('week', CASE WHEN e.occurred_at < $p4 THEN e.occurred_at + to_seconds($p5) ELSE e.occurred_at + to_seconds($p6) END) AS DATE) AS d0,
        e.visit AS unit, any_value(e.visitor) AS visitor
    FROM events_all e
    WHERE e.site = $p0 AND e.occurred_at >= $p1 AND e.occurred_at < $p2 AND e.bot IS NULL
        AND (coalesce(nullif(json_extract_string(e.props, $p7), ''), $p3) = $p8)
    GROUP BY d0, unit
),
j AS MATERIALIZED (
    SELECT e.*, v.first_seen, v.d1 FROM e JOIN v ON v.visit = e.unit
),
r AS MATERIALIZED (
    SELECT j.d0 AS d0, j.d1 AS d1,
        count(DISTINCT j.visitor) FILTER (WHERE (j.first_seen >= $p1 AND CAST(date_trunc('week', CASE WHEN j.first_seen < $p4 THEN j.first_seen + to_seconds($p5) ELSE j.first_seen + to_seconds($p6) END) AS DATE) = j.d0)) AS c0
    FROM j
    GROUP BY 1, 2
),
t AS (
    SELECT count(DISTINCT j.visitor) FILTER (WHERE (j.first_seen >= $p1)) AS c0
    FROM (SELECT unit, any_value(visitor) AS visitor, any_value(first_seen) AS first_seen FROM j GROUP BY unit) j
)
SELECT * FROM (
(SELECT 0 AS kind, d0, d1, CAST(c0 AS DOUBLE) AS m0,
    NULL AS row_count, NULL AS daily, NULL AS lasting, NULL AS complete_until
FROM r
ORDER BY d0 ASC NULLS LAST, m0 DESC NULLS LAST, d0, d1 LIMIT $p9 OFFSET $p10)
UNION ALL
(SELECT 1 AS kind, NULL AS d0, NULL AS d1, CAST(c0 AS DOUBLE) AS m0,
    (SELECT count(*) FROM r) AS row_count, daily, lasting,
    (SELECT min(complete_until) FROM warehouse_state) AS complete_until
FROM t, (SELECT bool_or(x.identity = 0) AS daily, bool_or(x.identity > 0) AS lasting FROM v x))
) ORDER BY kind, d0 ASC NULLS LAST, m0 DESC NULLS LAST, d0, d1
