-- One row a visit from its parts, with the columns of `visits` in their order. The order of the parts does not matter.
CREATE OR REPLACE MACRO merged(parts) AS TABLE
SELECT site, visit, visitor, identity, session_key, bot, started_at, ended_at, first_order,
       first.source, first.medium, first.campaign, first.content, first.term, first.channel, first.referrer,
       first.country, first.region, first.city, first.browser, first.browser_version, first.os, first.os_version,
       first.device, first.screen_class, first.language,
       entry_order, entry_page, exit_order, exit_page, pageviews, events, interactions, key_events, engagement_ms
FROM (
    SELECT site, visit,
           any_value(visitor) AS visitor, max(identity) AS identity, any_value(session_key) AS session_key,
           arg_min(bot, first_order) AS bot,
           min(started_at) AS started_at, max(ended_at) AS ended_at, min(p.first_order) AS first_order,
           arg_min(struct_pack(source, medium, campaign, content, term, channel, referrer, country, region, city,
               browser, browser_version, os, os_version, device, screen_class, language), p.first_order) AS first,
           min(p.entry_order) AS entry_order, arg_min(entry_page, p.entry_order) AS entry_page,
           max(p.exit_order) AS exit_order, arg_max(exit_page, p.exit_order) AS exit_page,
           sum(pageviews)::INTEGER AS pageviews, sum(events)::INTEGER AS events,
           sum(interactions)::INTEGER AS interactions, sum(key_events)::INTEGER AS key_events,
           sum(engagement_ms)::BIGINT AS engagement_ms
    FROM query_table(parts) p
    GROUP BY site, visit
);
CREATE OR REPLACE VIEW visits_all AS SELECT * FROM visits UNION ALL SELECT * FROM merged('visit_parts');
