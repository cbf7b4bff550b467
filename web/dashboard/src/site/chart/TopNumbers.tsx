import type { MetricId, ReportDocument } from '../../api/reports'
import { rangeText } from '../../format/dates'
import { changeOf, exactMetric, shortMetric } from '../../format/numbers'
import { Change } from '../../parts/Change'
import { metrics, topMetrics } from '../../state/metrics'

interface Props {
  report: ReportDocument | undefined
  chosen: MetricId
  currency: string
  onChoose: (metric: MetricId) => void
}

/** Revenue has a place once there is any, or once it was asked for. */
function shownMetrics(report: ReportDocument | undefined, chosen: MetricId): MetricId[] {
  const sells = report && ((report.totals.revenue ?? 0) !== 0 || (report.compare?.totals.revenue ?? 0) !== 0)
  const shown = topMetrics.filter(id => id !== 'revenue' || sells)
  return shown.includes(chosen) ? shown : [...shown, chosen]
}

export function TopNumbers({ report, chosen, currency, onChoose }: Props) {
  return (
    <div className="top-numbers" role="group" aria-label="Numbers of the period; each shows itself in the chart">
      {shownMetrics(report, chosen).map(id => {
        const now = report?.totals[id]
        const before = report?.compare?.totals[id]
        const title = report?.compare ? `${exactMetric(id, before, currency)} in ${rangeText(report.compare)}` : undefined
        return (
          <button
            key={id}
            type="button"
            className="top-number"
            aria-pressed={id === chosen}
            onClick={() => onChoose(id)}
            title={metrics[id].meaning}
          >
            <span className="top-number-label">{metrics[id].label}</span>
            <span className="top-number-value" data-testid={`top-${id}`} title={exactMetric(id, now, currency)}>
              {report ? shortMetric(id, now, currency) : <span className="skeleton-number" />}
            </span>
            {report?.compare && now != null ? (
              <Change change={changeOf(now, before)} good={metrics[id].good} {...(title ? { title } : {})} />
            ) : (
              <span className="change none" />
            )}
          </button>
        )
      })}
    </div>
  )
}
