import { useCallback, useMemo } from 'react'
import { useLocation, useSearch } from 'wouter'
import type { Filter, MetricId, ReportRequest } from '../api/reports'
import { readFilter, writeFilter } from './filters'
import { isMetric } from './metrics'
import { defaultInterval, defaultPeriod, type Interval, intervalsFor, isDay, type Period, type PeriodName, periods } from './period'

export type Compare = { by: 'previous_period' | 'previous_year' | 'off' } | { by: 'custom'; from: string; to: string }

/** All that decides what a site's page shows. It lives in the address and nowhere else. */
export interface View {
  period: Period
  compare: Compare
  /** null is what suits the period. */
  interval: Interval | null
  metric: MetricId
  filters: Filter[]
  /** The tab of each panel that does not show its first. */
  tabs: Record<string, string>
}

const periodNames = new Set<string>([...periods.map(period => period.name), '30d'])
const tabPrefix = 'tab.'

export function readView(search: string): View {
  const query = new URLSearchParams(search)
  const [from, to, name] = [query.get('from'), query.get('to'), query.get('period')]
  const interval = query.get('interval') as Interval | null
  const period: Period =
    isDay(from) && isDay(to) && from <= to ? { from, to } : name && periodNames.has(name) ? { name: name as PeriodName } : defaultPeriod
  const metric = query.get('metric')
  return {
    period,
    compare: readCompare(query),
    interval: interval && intervalsFor(period).includes(interval) ? interval : null,
    metric: isMetric(metric) ? metric : 'visitors',
    filters: query
      .getAll('f')
      .map(readFilter)
      .filter(filter => filter !== null),
    tabs: Object.fromEntries(
      [...query].filter(([key]) => key.startsWith(tabPrefix)).map(([key, tab]) => [key.slice(tabPrefix.length), tab]),
    ),
  }
}

function readCompare(query: URLSearchParams): Compare {
  const [by, from, to] = [query.get('compare'), query.get('compare_from'), query.get('compare_to')]
  if (by === 'custom' && isDay(from) && isDay(to) && from <= to) return { by, from, to }
  return { by: by === 'previous_year' || by === 'off' ? by : 'previous_period' }
}

export function writeView(view: View): string {
  const query = new URLSearchParams()
  if (!('name' in view.period)) {
    query.set('from', view.period.from)
    query.set('to', view.period.to)
  } else if (!('name' in defaultPeriod) || view.period.name !== defaultPeriod.name) query.set('period', view.period.name)
  if (view.compare.by !== 'previous_period') query.set('compare', view.compare.by)
  if (view.compare.by === 'custom') {
    query.set('compare_from', view.compare.from)
    query.set('compare_to', view.compare.to)
  }
  if (view.interval && view.interval !== defaultInterval(view.period)) query.set('interval', view.interval)
  if (view.metric !== 'visitors') query.set('metric', view.metric)
  for (const filter of view.filters) query.append('f', writeFilter(filter))
  for (const [panel, tab] of Object.entries(view.tabs)) query.set(tabPrefix + panel, tab)
  // Browsers take these as they are, and people can read them.
  const text = query.toString().replaceAll('%3A', ':').replaceAll('%2F', '/').replaceAll('%2C', ',')
  return text === '' ? '' : `?${text}`
}

/** The part of every report of the page that says when and of whom. */
export function questionOf(view: View): ReportRequest {
  const { period, compare } = view
  return {
    ...('name' in period ? { period: period.name } : { from: period.from, to: period.to }),
    ...(view.filters.length > 0 ? { filters: view.filters } : {}),
    ...(compare.by === 'custom' ? { compare: 'custom', compare_from: compare.from, compare_to: compare.to } : {}),
    // All time has nothing before it.
    ...(compare.by === 'previous_period' || compare.by === 'previous_year'
      ? 'name' in period && period.name === 'all'
        ? {}
        : { compare: compare.by }
      : {}),
  }
}

/** The view of the address, and a way to another one, which the back button leads back from. */
export function useView(): [View, (change: Partial<View>) => void, (change: Partial<View>) => string] {
  const search = useSearch()
  const [path, navigate] = useLocation()
  const view = useMemo(() => readView(search), [search])
  const address = useCallback((change: Partial<View>) => path + writeView({ ...view, ...change }), [path, view])
  const show = useCallback((change: Partial<View>) => navigate(address(change)), [navigate, address])
  return [view, show, address]
}
