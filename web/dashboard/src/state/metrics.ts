import type { MetricId } from '../api/reports'

export type Unit = 'count' | 'share' | 'mean' | 'seconds' | 'currency'

export interface Metric {
  label: string
  unit: Unit
  /** Whether more of it is better, worse or neither. */
  good: 'more' | 'less' | 'neither'
  meaning: string
}

const metric = (label: string, unit: Unit, meaning: string, good: Metric['good'] = 'more'): Metric => ({ label, unit, meaning, good })

/** Every metric the server knows: a new one in its description is a missing line here, and the build says so. */
export const metrics: Record<MetricId, Metric> = {
  visitors: metric('Visitors', 'count', 'Distinct visitors with any event.'),
  active_visitors: metric(
    'Active visitors',
    'count',
    'Distinct visitors with an engaged visit, engagement time, or their first event ever.',
  ),
  new_visitors: metric('New visitors', 'count', 'Distinct visitors whose first event ever is in the range.'),
  visits: metric('Visits', 'count', 'Runs of events without a gap of 30 minutes.'),
  visits_started: metric('Visits started', 'count', 'Visits that began in the range.'),
  engaged_visits: metric('Engaged visits', 'count', 'Visits with over 10 seconds of engagement, a key event, or two or more page views.'),
  engagement_rate: metric('Engagement rate', 'share', 'Engaged visits per visit.'),
  bounce_rate: metric('Bounce rate', 'share', 'Visits that were not engaged, per visit.', 'less'),
  single_page_rate: metric('Single-page rate', 'share', 'Visits with one page view and no other interactive event, per visit.', 'less'),
  pageviews: metric('Page views', 'count', 'Pages seen, repeated ones included.'),
  events: metric('Events', 'count', 'Events of any name.'),
  views_per_visit: metric('Views per visit', 'mean', 'Page views per visit.'),
  views_per_visitor: metric('Views per visitor', 'mean', 'Page views per visitor.'),
  events_per_visit: metric('Events per visit', 'mean', 'Events per visit.'),
  visits_per_visitor: metric('Visits per visitor', 'mean', 'Visits per visitor.'),
  key_events: metric('Key events', 'count', "Events whose name is one of the site's key events."),
  key_event_rate: metric('Key event rate', 'share', 'Visits with a key event, per visit.'),
  visit_duration: metric('Visit duration', 'seconds', "Mean time from a visit's first to its last event, visits of one event included."),
  engagement_time: metric('Engagement time', 'seconds', 'Time in the foreground, as the browser reports it.'),
  time_on_page: metric('Time on page', 'seconds', 'Engagement time per page view.'),
  revenue: metric('Revenue', 'currency', 'Purchases less refunds. An order counts once.'),
  transactions: metric('Transactions', 'count', 'Purchases. An order counts once.'),
  average_order: metric('Average order', 'currency', 'Purchases before refunds, per transaction.'),
  revenue_per_visitor: metric('Revenue per visitor', 'currency', 'Revenue per visitor.'),
  items: metric('Items', 'count', 'Pieces purchased.'),
  refunds: metric('Refunds', 'count', 'Refund events.', 'less'),
  refund_amount: metric('Refund amount', 'currency', 'What was refunded.', 'less'),
}

export const metricIds = Object.keys(metrics) as MetricId[]

export function isMetric(id: string | null): id is MetricId {
  return id !== null && Object.hasOwn(metrics, id)
}

/** The numbers on top of a site's page; revenue comes with the first purchase. */
export const topMetrics: MetricId[] = [
  'visitors',
  'visits',
  'pageviews',
  'views_per_visit',
  'bounce_rate',
  'engagement_rate',
  'visit_duration',
  'revenue',
]

/** The columns of a panel that is opened whole. */
export const wholeMetrics: MetricId[] = [
  'visitors',
  'visits',
  'pageviews',
  'views_per_visit',
  'bounce_rate',
  'engagement_rate',
  'visit_duration',
  'new_visitors',
  'key_events',
  'revenue',
]

/** What rows of a list can be ranked by so that the order says something. */
export const rankingMetrics: MetricId[] = ['visitors', 'visits', 'pageviews', 'events', 'key_events', 'revenue']
