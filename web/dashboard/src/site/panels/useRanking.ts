import { type MetricId, type ReportRequest, useReport } from '../../api/reports'
import { rankingMetrics } from '../../state/metrics'
import { questionOf, useView } from '../../state/view'
import { useSiteScope } from '../SiteScope'

/** The list's first rows by the metric that the chart shows, when rows can be ranked by it, else by visitors. */
export function useRanking(dimension: string, limit: number, refreshMs: number | false) {
  const { site } = useSiteScope()
  const [view] = useView()
  const metric: MetricId = rankingMetrics.includes(view.metric) ? view.metric : dimension === 'event' ? 'events' : 'visitors'
  const second: MetricId | null = metric === view.metric || view.metric === 'visitors' ? null : view.metric
  const request: ReportRequest = {
    metrics: second ? [metric, second] : [metric],
    dimensions: [dimension],
    order: [`-${metric}`],
    limit,
    ...questionOf(view),
  }
  return { metric, second, report: useReport(site, request, { refreshMs }) }
}
