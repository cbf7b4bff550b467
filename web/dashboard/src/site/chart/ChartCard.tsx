import type { UseQueryResult } from '@tanstack/react-query'
import { Table2 } from 'lucide-react'
import { useMemo } from 'react'
import { Link } from 'wouter'
import { type MetricId, type ReportDocument, type ReportRequest, useReport, useReportFirst } from '../../api/reports'
import { type Annotation, useAnnotations } from '../../api/sites'
import { ErrorNote } from '../../parts/ErrorNote'
import { daysIn, defaultInterval, firstDayOf, type Interval, intervalsFor, lastDayOf } from '../../state/period'
import { questionOf, useView, writeView } from '../../state/view'
import { useSiteScope } from '../SiteScope'
import { AnnotationMenu } from './AnnotationMenu'
import type { Point } from './geometry'
import { pointsOf } from './points'
import { TimeChart } from './TimeChart'
import { TopNumbers } from './TopNumbers'

const intervalLabels: Record<Interval, string> = { hour: 'Hours', day: 'Days', week: 'Weeks', month: 'Months' }
const emptyMap = new Map<number, Annotation[]>()

function placed(annotations: Annotation[] | undefined, points: Point[], interval: Interval): Map<number, Annotation[]> {
  if (!annotations?.length) return emptyMap
  const found = new Map<number, Annotation[]>()
  for (const annotation of annotations) {
    const index = points.findIndex(
      point => annotation.date >= firstDayOf(point.bucket) && annotation.date <= lastDayOf(point.bucket, interval),
    )
    if (index >= 0) found.set(index, [...(found.get(index) ?? []), annotation])
  }
  return found
}

interface Props {
  top: UseQueryResult<ReportDocument>
  refreshMs: number | false
  currency: string
}

export function ChartCard({ top, refreshMs, currency }: Props) {
  const scope = useSiteScope()
  const [view, show] = useView()
  const interval = view.interval ?? defaultInterval(view.period)
  const chosen = view.metric
  const question: ReportRequest = { metrics: [view.metric], dimensions: [interval], ...questionOf(view) }
  useReportFirst(scope.site, question)
  const series = useReport(scope.site, question, { refreshMs })
  const annotations = useAnnotations(scope.site, scope.by === 'member')
  // The kept answer of an earlier question may be of another metric or interval; it is drawn as what it is.
  const drawn = useMemo(() => {
    if (!series.data) return null
    const [time, number] = series.data.columns
    const drawnInterval = (time?.id ?? interval) as Interval
    const metric = (number?.id ?? chosen) as MetricId
    return { interval: drawnInterval, metric, points: pointsOf(series.data, metric, drawnInterval) }
  }, [series.data, interval, chosen])
  const notes = useMemo(() => (drawn ? placed(annotations.data, drawn.points, drawn.interval) : emptyMap), [annotations.data, drawn])

  const zoom = (first: number, last: number) => {
    const [from, to] = [drawn?.points[first], drawn?.points[last]]
    if (!drawn || !from || !to || !series.data) return
    const range = { from: firstDayOf(from.bucket), to: lastDayOf(to.bucket, drawn.interval) }
    // A report's range is made of whole days, so hours of one day become a filter.
    if (drawn.interval === 'hour' && daysIn(series.data) === 1) {
      const hours = drawn.points.slice(first, last + 1).map(point => point.bucket.slice(11, 13))
      show({
        period: range,
        interval: 'hour',
        filters: [
          ...view.filters.filter(filter => filter.dimension !== 'hour_of_day'),
          { dimension: 'hour_of_day', op: 'in', values: hours },
        ],
      })
    } else show({ period: range, interval: null })
  }

  return (
    <section className="card chart-card" aria-label="Overview" aria-busy={series.isFetching}>
      {top.isError && !top.data ? (
        <ErrorNote what="The numbers could not be loaded" error={top.error} retry={() => top.refetch()} />
      ) : (
        <TopNumbers report={top.data} chosen={view.metric} currency={currency} onChoose={metric => show({ metric })} />
      )}
      <div className="chart-tools">
        <div className="segmented" role="group" aria-label="The chart's steps">
          {intervalsFor(view.period).map(id => (
            <button key={id} type="button" aria-pressed={id === interval} onClick={() => show({ interval: id })}>
              {intervalLabels[id]}
            </button>
          ))}
        </div>
        {scope.mayEdit && <AnnotationMenu annotations={annotations.data ?? []} />}
        <Link
          className="icon-button"
          href={`${scope.base}/report/${interval}${writeView(view)}`}
          aria-label="The chart as a table"
          title="The chart as a table"
        >
          <Table2 size={17} aria-hidden />
        </Link>
      </div>
      {series.isError && !series.data ? (
        <ErrorNote what="The chart could not be loaded" error={series.error} retry={() => series.refetch()} />
      ) : drawn ? (
        <div className={series.isPlaceholderData ? 'stale' : ''}>
          <TimeChart {...drawn} currency={currency} annotations={notes} onZoom={zoom} />
        </div>
      ) : (
        <div className="chart chart-empty" aria-hidden />
      )}
    </section>
  )
}
