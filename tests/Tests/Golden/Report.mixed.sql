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
        x.started_at,
        x.engagement_ms,
        epoch_us(x.ended_at) - epoch_us(x.started_at) AS duration,
        x.engagement_ms > 10000 OR x.key_events > 0 OR x.pageviews >= 2 AS engaged,
        x.pageviews = 1 AND x.interactions = 0 AS single_page,
        x.key_events > 0 AS with_key_event,
        coalesce(nullif(x.source, ''), $p3) AS x0
    FROM visits_all x
    WHERE x.site = $p0 AND x.ended_at >= $p1 AND x.started_at < $p2
),
e AS MATERIALIZED (
    SELECT coalesce(e.bot, '') AS d0,
        e.visit AS unit, any_value(e.visitor) AS visitor,
        count(*) AS s0
    FROM events_all e JOIN v ON v.visit = e.visit
    WHERE e.site = $p0 AND e.occurred_at >= $p1 AND e.occurred_at < $p2
        AND ((v.x0 = $p4) OR regexp_matches(coalesce(nullif(e.title, ''), $p3), $p5, 'c'))
    GROUP BY d0, unit
),
r AS MATERIALIZED (
    SELECT coalesce(nullif(e.d0, ''), $p3) AS d0,
        coalesce(sum(e.s0), 0) AS c0
    FROM e JOIN v ON v.visit = e.unit
    GROUP BY 1
),
t AS (
    SELECT coalesce(sum(e.s0), 0) AS c0
    FROM (SELECT unit, any_value(visitor) AS visitor, sum(s0) AS s0 FROM e GROUP BY unit) e JOIN v ON v.visit = e.unit
)
SELECT * FROM (
(SELECT 0 AS kind, d0, CAST(c0 AS DOUBLE) AS m0,
    NULL AS row_count, NULL AS daily, NULL AS lasting, NULL AS complete_until
FROM r
ORDER BY m0 DESC NULLS LAST, d0 LIMIT $p6 OFFSET $p7)
UNION ALL
(SELECT 1 AS kind, NULL AS d0, CAST(c0 AS DOUBLE) AS m0,
    (SELECT count(*) FROM r) AS row_count, CAST(NULL AS BOOLEAN) AS daily, CAST(NULL AS BOOLEAN) AS lasting,
    (SELECT min(complete_until) FROM warehouse_state) AS complete_until
FROM t)
) ORDER BY kind, m0 DESC NULLS LAST, d0
