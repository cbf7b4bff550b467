-- The rows of the version attached as `version` in the place of the live ones of the sites in `wanted`. Run within one transaction, with `shift`
-- (visit, sequence). Numbers of visits and events move into a range that nobody has used: those of the version were given without looking at the
-- other sites'. Sequences move by a multiple of 2^21, of which the order of events of one moment is made.
DELETE FROM events WHERE site IN (SELECT site FROM wanted);
INSERT INTO events SELECT * REPLACE (sequence + (SELECT sequence FROM shift) AS sequence, visit + (SELECT visit FROM shift) AS visit)
FROM version.events ORDER BY site, occurred_at, sequence;
DELETE FROM events_recent WHERE site IN (SELECT site FROM wanted);
INSERT INTO events_recent SELECT * REPLACE (sequence + (SELECT sequence FROM shift) AS sequence, visit + (SELECT visit FROM shift) AS visit)
FROM version.events_recent;
DELETE FROM visits WHERE site IN (SELECT site FROM wanted);
INSERT INTO visits SELECT * REPLACE (visit + (SELECT visit FROM shift) AS visit) FROM version.visits ORDER BY site, started_at, visit;
DELETE FROM visit_parts WHERE site IN (SELECT site FROM wanted);
INSERT INTO visit_parts SELECT * REPLACE (visit + (SELECT visit FROM shift) AS visit) FROM version.visit_parts;
DELETE FROM items WHERE site IN (SELECT site FROM wanted);
INSERT INTO items SELECT * REPLACE (sequence + (SELECT sequence FROM shift) AS sequence) FROM version.items;
DELETE FROM definitions WHERE site IN (SELECT site FROM wanted);
INSERT INTO definitions SELECT * FROM version.definitions;
DELETE FROM ledger WHERE site IN (SELECT site FROM wanted);
INSERT INTO ledger SELECT * FROM version.ledger;
DELETE FROM set_aside WHERE site IN (SELECT site FROM wanted);
INSERT INTO set_aside SELECT * REPLACE (sequence + (SELECT sequence FROM shift) AS sequence) FROM version.set_aside;
INSERT INTO event_keys SELECT * FROM version.event_keys ANTI JOIN event_keys own USING (high, low);
UPDATE warehouse_state SET
    next_visit = (SELECT shift.visit + v.next_visit FROM shift, version.warehouse_state v),
    next_sequence = (SELECT shift.sequence + v.next_sequence FROM shift, version.warehouse_state v);
