import { ArrowDown, ArrowUp } from 'lucide-react'
import { type MetricId, type ReportDocument, rowsOf } from '../../api/reports'
import { changeOf, exactMetric } from '../../format/numbers'
import { valueText } from '../../format/values'
import { Change } from '../../parts/Change'
import { dimensionOf } from '../../state/dimensions'
import { metrics } from '../../state/metrics'

interface Props {
  report: ReportDocument
  dimension: string
  currency: string
  order: string
  /** The place of the first row in the whole list. */
  first: number
  onOrder: (order: string) => void
  onPick: (value: string, exclude: boolean) => void
}

interface HeadProps {
  id: string
  label: string
  title?: string
  order: string
  onOrder: (order: string) => void
}

function Head({ id, label, title, order, onOrder }: HeadProps) {
  const down = order === `-${id}`
  const up = order === id
  return (
    <th scope="col" aria-sort={down ? 'descending' : up ? 'ascending' : 'none'}>
      <button type="button" onClick={() => onOrder(down ? id : `-${id}`)} title={title}>
        {label}
        {down && <ArrowDown size={13} aria-hidden />}
        {up && <ArrowUp size={13} aria-hidden />}
      </button>
    </th>
  )
}

export function ReportTable({ report, dimension, currency, order, first, onOrder, onPick }: Props) {
  const ids = report.columns.filter(column => column.kind === 'metric').map(column => column.id as MetricId)
  const compared = report.compare !== null
  return (
    <table className="table">
      <thead>
        <tr>
          <Head id={dimension} label={dimensionOf(dimension).label} order={order} onOrder={onOrder} />
          {ids.map(id => (
            <Head key={id} id={id} label={metrics[id].label} title={metrics[id].meaning} order={order} onOrder={onOrder} />
          ))}
        </tr>
        <tr className="total">
          <th scope="row">All</th>
          {ids.map(id => (
            <td key={id}>
              {exactMetric(id, report.totals[id], currency)}
              {compared && <Change change={changeOf(report.totals[id], report.compare?.totals[id])} good={metrics[id].good} />}
            </td>
          ))}
        </tr>
      </thead>
      <tbody>
        {rowsOf(report).map((row, index) => (
          <tr key={row.name}>
            <th scope="row">
              <span className="row-name">
                <span className="row-number" aria-hidden>
                  {first + index + 1}
                </span>
                <button
                  type="button"
                  className="cut"
                  title={`${row.name}. A click shows only this, with Alt or Shift it is left out.`}
                  onClick={event => onPick(row.name, event.altKey || event.shiftKey)}
                >
                  {valueText(dimension, row.name)}
                </button>
              </span>
            </th>
            {ids.map(id => (
              <td key={id}>
                {exactMetric(id, row.values[id], currency)}
                {compared && <Change change={changeOf(row.values[id], row.before?.[id] ?? null)} good={metrics[id].good} />}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
