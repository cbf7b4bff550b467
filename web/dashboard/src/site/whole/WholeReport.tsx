import { useDeferredValue, useState } from 'react'
import { useLocation, useSearch } from 'wouter'
import { type Filter, type MetricId, type ReportRequest, useReport } from '../../api/reports'
import { rangeText } from '../../format/dates'
import { whole } from '../../format/numbers'
import { Dialog } from '../../parts/Dialog'
import { ErrorNote } from '../../parts/ErrorNote'
import { Skeleton } from '../../parts/Skeleton'
import { dimensionOf } from '../../state/dimensions'
import { withTest } from '../../state/filters'
import { firstDayOf, type Interval, lastDayOf } from '../../state/period'
import { questionOf, readView, type View, writeView } from '../../state/view'
import { describeFilter } from '../filters/describe'
import { useSiteScope } from '../SiteScope'
import { ReportTable } from './ReportTable'
import { ReportTools } from './ReportTools'
import { readTable, type TableView, writeTable } from './tableView'

const pageRows = 100
const timely = new Set(['hour', 'day', 'week', 'month'])

/** One list, whole: every row, every metric, searchable, sortable, to take away. Its address is its own. */
export default function WholeReport({ dimension, currency }: { dimension: string; currency: string }) {
  const { site, base } = useSiteScope()
  const search = useSearch()
  const [path, navigate] = useLocation()
  const view = readView(search)
  const table = readTable(search, dimension)
  const [typed, setTyped] = useState(table.search)
  const sought = useDeferredValue(typed.trim())
  const address = (change: Partial<TableView>) =>
    path + writeTable(writeView(view), { ...table, search: typed.trim(), ...change }, dimension)
  const show = (change: Partial<TableView>, replace = false) => navigate(address(change), { replace })

  // A bucket of time is looked into; every other row is filtered by.
  const pick = (value: string, exclude: boolean) => {
    const narrowed: Partial<View> = timely.has(dimension)
      ? { period: { from: firstDayOf(value), to: lastDayOf(value, dimension as Interval) }, interval: null }
      : { filters: withTest(view.filters, dimension, value, exclude) }
    navigate(base + writeView({ ...view, ...narrowed }))
  }

  const { filters = [], ...when } = questionOf(view)
  const all: Filter[] =
    sought && !timely.has(dimension)
      ? [...(filters ?? []), { dimension, op: 'contains', value: sought, ignore_case: true }]
      : (filters ?? [])
  const request: ReportRequest = {
    metrics: table.columns,
    dimensions: [dimension],
    order: [table.order],
    limit: pageRows,
    offset: (table.page - 1) * pageRows,
    ...when,
    ...(all.length > 0 ? { filters: all } : {}),
  }
  const report = useReport(site, request)
  const about = [report.data ? rangeText(report.data) : '', ...view.filters.map(describeFilter)].filter(text => text !== '').join(' · ')
  const count = report.data?.row_count ?? 0
  const pages = Math.max(1, Math.ceil(count / pageRows))

  return (
    <Dialog wide title={dimensionOf(dimension).plural} description={about || 'All visits'} onClose={() => navigate(base + writeView(view))}>
      <ReportTools
        request={request}
        dimension={dimension}
        columns={table.columns}
        typed={typed}
        onType={text => {
          setTyped(text)
          show({ search: text.trim(), page: 1 }, true)
        }}
        onColumns={columns =>
          show({
            columns: columns as MetricId[],
            order: columns.includes(table.order.replace('-', '') as MetricId) ? table.order : `-${columns[0]}`,
          })
        }
      />
      {report.isError && !report.data ? (
        <ErrorNote what="The list could not be loaded" error={report.error} retry={() => report.refetch()} />
      ) : !report.data ? (
        <Skeleton lines={14} className="rows" />
      ) : (
        <div className={report.isPlaceholderData ? 'table-frame stale' : 'table-frame'}>
          <ReportTable
            report={report.data}
            dimension={dimension}
            currency={currency}
            order={table.order}
            first={(table.page - 1) * pageRows}
            onOrder={order => show({ order, page: 1 })}
            onPick={pick}
          />
        </div>
      )}
      <footer className="dialog-foot">
        <span className="muted" role="status">
          {report.data && `${whole(count)} ${count === 1 ? 'row' : 'rows'}`}
        </span>
        <span className="push" />
        {pages > 1 && (
          <nav className="pager" aria-label="Pages of the list">
            <button type="button" className="button" disabled={table.page <= 1} onClick={() => show({ page: table.page - 1 })}>
              Back
            </button>
            <span>
              {whole(table.page)} of {whole(pages)}
            </span>
            <button type="button" className="button" disabled={table.page >= pages} onClick={() => show({ page: table.page + 1 })}>
              Next
            </button>
          </nav>
        )}
      </footer>
    </Dialog>
  )
}
