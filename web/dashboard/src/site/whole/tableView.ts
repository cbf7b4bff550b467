import type { MetricId } from '../../api/reports'
import { isMetric, wholeMetrics } from '../../state/metrics'

/** What of a whole list stands in the address beside the view of the page. */
export interface TableView {
  search: string
  order: string
  page: number
  columns: MetricId[]
}

const timely = new Set(['hour', 'day', 'week', 'month'])
const defaultOrder = (dimension: string) => (timely.has(dimension) ? `-${dimension}` : dimension === 'event' ? '-events' : '-visitors')

export function defaultColumns(dimension: string): MetricId[] {
  return dimension === 'event' ? ['events', ...wholeMetrics.filter(id => id !== 'pageviews')] : wholeMetrics
}

export function readTable(search: string, dimension: string): TableView {
  const query = new URLSearchParams(search)
  const columns = (query.get('columns') ?? '').split(',').filter(isMetric)
  const shown = columns.length > 0 ? columns : defaultColumns(dimension)
  const order = query.get('order') ?? defaultOrder(dimension)
  const by = order.replace(/^-/, '')
  return {
    search: query.get('search') ?? '',
    order: by === dimension || shown.includes(by as MetricId) ? order : `-${shown[0]}`,
    page: Math.max(1, Math.floor(Number(query.get('page'))) || 1),
    columns: shown,
  }
}

/** Adds the table's part to the address of a view. */
export function writeTable(viewSearch: string, table: TableView, dimension: string): string {
  const query = new URLSearchParams(viewSearch)
  if (table.search) query.set('search', table.search)
  if (table.order !== defaultOrder(dimension)) query.set('order', table.order)
  if (table.page > 1) query.set('page', String(table.page))
  if (table.columns.join() !== defaultColumns(dimension).join()) query.set('columns', table.columns.join())
  const text = query.toString().replaceAll('%3A', ':').replaceAll('%2F', '/').replaceAll('%2C', ',')
  return text === '' ? '' : `?${text}`
}
