import { rowsOf } from '../../api/reports'
import { changeOf, exactMetric, percent, shortMetric } from '../../format/numbers'
import { valueText } from '../../format/values'
import { ErrorNote } from '../../parts/ErrorNote'
import { Skeleton } from '../../parts/Skeleton'
import { dimensionOf } from '../../state/dimensions'
import { metrics } from '../../state/metrics'
import { emptyText } from './emptyText'
import { RankRow } from './RankRow'
import { useRanking } from './useRanking'

export const shownRows = 9

interface Props {
  dimension: string
  currency: string
  refreshMs: number | false
  onPick: (value: string, exclude: boolean) => void
}

export function PanelList({ dimension, currency, refreshMs, onPick }: Props) {
  const { metric, second, report } = useRanking(dimension, shownRows, refreshMs)
  if (report.isError && !report.data)
    return <ErrorNote what="This list could not be loaded" error={report.error} retry={() => report.refetch()} />
  if (!report.data) return <Skeleton lines={shownRows} className="rows" />
  // The kept answer of another list is drawn as what it is until this one comes, and cannot be clicked: it would filter by the wrong thing.
  const drawn = report.data.columns[0]?.id ?? dimension
  const rows = rowsOf(report.data)
  if (rows.length === 0 || rows.every(row => !row.values[metric])) return <p className="empty">{emptyText(dimension)}</p>
  // An answer that is kept while the next one loads may lack the metric that is asked for now.
  const has = (id: string) => report.data?.columns.some(column => column.id === id)
  const most = Math.max(1e-9, ...rows.map(row => row.values[metric] ?? 0))
  const total = report.data.totals[metric] ?? 0
  return (
    <div className={report.isPlaceholderData ? 'stale' : ''} inert={drawn !== dimension}>
      <p className="columns" aria-hidden>
        <span>{dimensionOf(drawn).label}</span>
        {second && has(second) && <span className="second">{metrics[second].label}</span>}
        <span>{metrics[metric].label}</span>
      </p>
      <ul className="rank">
        {rows.map(row => (
          <RankRow
            key={row.name}
            text={valueText(drawn, row.name)}
            subject={dimensionOf(drawn).label}
            code={drawn === 'country' && row.name.length === 2 ? row.name : undefined}
            share={(row.values[metric] ?? 0) / most}
            number={shortMetric(metric, row.values[metric], currency)}
            exact={`${exactMetric(metric, row.values[metric], currency)} ${metrics[metric].label.toLowerCase()}${total > 0 ? `, ${percent((row.values[metric] ?? 0) / total)} of all` : ''}`}
            second={second && has(second) ? shortMetric(second, row.values[second], currency) : undefined}
            change={row.before ? { value: changeOf(row.values[metric], row.before[metric] ?? 0), good: metrics[metric].good } : undefined}
            onPick={exclude => onPick(row.name, exclude)}
          />
        ))}
      </ul>
    </div>
  )
}
