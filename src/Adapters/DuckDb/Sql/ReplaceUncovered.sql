-- The version after keeps its own rows of what is taken and has those of the version before for everything else. Run within one transaction, with
-- the tables of CombineVersions.sql, `site_days` (site, day, start_at) and `shift` (visit, sequence: what keeps the numbers of the two apart).
CREATE OR REPLACE TEMP TABLE moved AS
SELECT site, date_trunc('hour', received_at) AS hour, CASE WHEN bot IS NULL THEN 'counted' ELSE 'bot' END AS outcome, -count(*)::BIGINT AS hits
FROM old_events SEMI JOIN old_taken USING (site, visit) GROUP BY ALL
UNION ALL
SELECT site, date_trunc('hour', received_at), CASE WHEN bot IS NULL THEN 'counted' ELSE 'bot' END, count(*)::BIGINT
FROM new_events SEMI JOIN new_taken USING (site, visit) GROUP BY ALL;

DELETE FROM ledger;
INSERT INTO ledger SELECT * FROM before.ledger;
INSERT INTO ledger SELECT site, hour, outcome, sum(hits)::BIGINT FROM moved GROUP BY ALL HAVING sum(hits) <> 0;
INSERT INTO ledger SELECT site, hour, 'refused:rebuilt', -sum(hits)::BIGINT FROM moved GROUP BY site, hour HAVING sum(hits) <> 0;

-- What the version before has set aside was left aside in the version after, too.
DELETE FROM set_aside;
INSERT INTO set_aside SELECT * REPLACE (sequence + (SELECT sequence FROM shift) AS sequence) FROM before.set_aside;

CREATE OR REPLACE TEMP TABLE made_by AS
SELECT d.site, d.day, d.version FROM definitions d SEMI JOIN (
    SELECT DISTINCT e.site, s.day FROM (SELECT site, occurred_at FROM new_events SEMI JOIN new_taken USING (site, visit)) e
    ASOF JOIN site_days s ON e.site = s.site AND e.occurred_at >= s.start_at) t USING (site, day)
UNION
SELECT d.site, d.day, d.version FROM before.definitions d SEMI JOIN (
    SELECT DISTINCT e.site, s.day FROM (SELECT site, occurred_at FROM old_events ANTI JOIN old_taken USING (site, visit)) e
    ASOF JOIN site_days s ON e.site = s.site AND e.occurred_at >= s.start_at) t USING (site, day);
DELETE FROM definitions;
INSERT INTO definitions SELECT * FROM made_by;

DELETE FROM items i WHERE EXISTS (
    SELECT 1 FROM (SELECT site, sequence FROM new_events ANTI JOIN new_taken USING (site, visit)) e WHERE e.site = i.site AND e.sequence = i.sequence);
INSERT INTO items SELECT * REPLACE (sequence + (SELECT sequence FROM shift) AS sequence) FROM before.items
SEMI JOIN (SELECT site, sequence FROM old_events ANTI JOIN old_taken USING (site, visit)) e USING (site, sequence);

DELETE FROM events e WHERE NOT EXISTS (SELECT 1 FROM new_taken t WHERE t.site = e.site AND t.visit = e.visit);
DELETE FROM events_recent e WHERE NOT EXISTS (SELECT 1 FROM new_taken t WHERE t.site = e.site AND t.visit = e.visit);
DELETE FROM visits e WHERE NOT EXISTS (SELECT 1 FROM new_taken t WHERE t.site = e.site AND t.visit = e.visit);
DELETE FROM visit_parts e WHERE NOT EXISTS (SELECT 1 FROM new_taken t WHERE t.site = e.site AND t.visit = e.visit);
INSERT INTO events SELECT * REPLACE (sequence + (SELECT sequence FROM shift) AS sequence, visit + (SELECT visit FROM shift) AS visit)
FROM before.events ANTI JOIN old_taken USING (site, visit);
INSERT INTO events_recent SELECT * REPLACE (sequence + (SELECT sequence FROM shift) AS sequence, visit + (SELECT visit FROM shift) AS visit)
FROM before.events_recent ANTI JOIN old_taken USING (site, visit);
INSERT INTO visits SELECT * REPLACE (visit + (SELECT visit FROM shift) AS visit) FROM before.visits ANTI JOIN old_taken USING (site, visit);
INSERT INTO visit_parts SELECT * REPLACE (visit + (SELECT visit FROM shift) AS visit) FROM before.visit_parts ANTI JOIN old_taken USING (site, visit);

INSERT INTO event_keys SELECT * FROM before.event_keys ANTI JOIN event_keys own USING (high, low);
DELETE FROM site_activity;
INSERT INTO site_activity SELECT * FROM before.site_activity;
UPDATE warehouse_state SET
    next_visit = (SELECT shift.visit + b.next_visit FROM shift, before.warehouse_state b),
    next_sequence = (SELECT shift.sequence + b.next_sequence FROM shift, before.warehouse_state b);
