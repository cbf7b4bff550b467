import { keepPreviousData, queryOptions, usePrefetchQuery, useQuery } from '@tanstack/react-query'
import { get, send } from './client'
import type { components } from './schema'

export type ReportRequest = components['schemas']['ReportRequest']
export type ReportDocument = components['schemas']['ReportDocument']
export type Filter = components['schemas']['FilterRequest']
export type MetricId = NonNullable<ReportRequest['metrics']>[number]
export type Realtime = components['schemas']['RealtimeAnswer']

/** A row as pages use it: the first dimension's value, and numbers by metric. */
export interface Row {
  name: string
  names: string[]
  values: Record<string, number | null>
  before: Record<string, number | null> | null
}

const longestAddress = 6000

/** The address of a report; the question is in it, so that browsers and proxies may keep the answer apart. */
export function reportAddress(site: string, request: ReportRequest, format?: 'csv'): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(request)) {
    if (value === null || value === undefined) continue
    if (name === 'filters') query.set('filters', JSON.stringify(value))
    else query.set(name, String(value))
  }
  if (format) query.set('format', format)
  return `/sites/${encodeURIComponent(site)}/reports?${query}`
}

export async function fetchReport(site: string, request: ReportRequest, signal?: AbortSignal): Promise<ReportDocument> {
  const { filters, ...rest } = request
  const asked = filters?.length ? request : rest
  const address = reportAddress(site, asked)
  if (address.length < longestAddress) return get<ReportDocument>(address, signal)
  return (await send('POST', `/sites/${encodeURIComponent(site)}/reports`, asked, signal)).json()
}

export interface ReportOptions {
  enabled?: boolean
  /** Asks again every so often, while the page is looked at. */
  refreshMs?: number | false
}

const reportQuery = (site: string, request: ReportRequest) =>
  queryOptions({ queryKey: ['report', site, request], queryFn: ({ signal }) => fetchReport(site, request, signal) })

/** Asks for a report before anything below is drawn, so that its answer comes before those of the page's other parts. */
export function useReportFirst(site: string, request: ReportRequest) {
  usePrefetchQuery(reportQuery(site, request))
}

/** A report that keeps showing the last answer while the next one is on its way, so that nothing jumps. */
export function useReport(site: string, request: ReportRequest, options: ReportOptions = {}) {
  return useQuery({
    ...reportQuery(site, request),
    placeholderData: keepPreviousData,
    enabled: options.enabled ?? true,
    refetchInterval: options.refreshMs ?? false,
  })
}

export function rowsOf(report: ReportDocument): Row[] {
  const dimensions = report.columns.filter(column => column.kind === 'dimension').length
  const metrics = report.columns.slice(dimensions)
  const numbers = (cells: unknown[]) =>
    Object.fromEntries(metrics.map((column, index) => [column.id, cells[dimensions + index] as number | null]))
  return report.rows.map((cells, index) => {
    const names = cells.slice(0, dimensions).map(String)
    const before = report.compare?.rows[index]
    return { name: names[0] ?? '', names, values: numbers(cells), before: before ? numbers(before) : null }
  })
}
