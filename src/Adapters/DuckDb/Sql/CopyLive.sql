-- Everything of the sites in `wanted` into the version before, attached as `version` and empty. Run within one transaction, so of one moment.
INSERT INTO version.events SELECT * FROM events SEMI JOIN wanted USING (site) ORDER BY site, occurred_at, sequence;
INSERT INTO version.events_recent SELECT * FROM events_recent SEMI JOIN wanted USING (site);
INSERT INTO version.visits SELECT * FROM visits SEMI JOIN wanted USING (site) ORDER BY site, started_at, visit;
INSERT INTO version.visit_parts SELECT * FROM visit_parts SEMI JOIN wanted USING (site);
INSERT INTO version.items SELECT * FROM items SEMI JOIN wanted USING (site);
INSERT INTO version.definitions SELECT * FROM definitions SEMI JOIN wanted USING (site);
INSERT INTO version.site_activity SELECT * FROM site_activity SEMI JOIN wanted USING (site);
INSERT INTO version.ledger SELECT * FROM ledger SEMI JOIN wanted USING (site);
INSERT INTO version.set_aside SELECT * FROM set_aside SEMI JOIN wanted USING (site);
-- Keys do not say whose they are. More than the sites' own do no harm.
INSERT INTO version.event_keys SELECT * FROM event_keys;
INSERT INTO version.log_damage SELECT * FROM log_damage;
INSERT INTO version.warehouse_state SELECT * FROM warehouse_state;
