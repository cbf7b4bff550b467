import { type MetricId, type ReportDocument, rowsOf } from '../../api/reports'
import { clockIn, type Interval } from '../../state/period'
import type { Point } from './geometry'

const lengths: Record<Interval, number> = { hour: 13, day: 10, week: 10, month: 7 }

function mondayOf(day: string): string {
  const date = new Date(day)
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7))
  return date.toISOString().slice(0, 10)
}

/** The points of a series up to now; what lies in the future has no number yet, but its comparison has. */
export function pointsOf(report: ReportDocument, metric: MetricId, interval: Interval, now = new Date()): Point[] {
  const clock = clockIn(report.time_zone, now)
  const current = interval === 'week' ? mondayOf(clock.slice(0, 10)) : clock.slice(0, lengths[interval])
  return rowsOf(report).map((row, index) => {
    const start = row.name.slice(0, lengths[interval])
    const compared = report.compare?.rows[index]?.[0]
    return {
      bucket: row.name,
      value: start > current ? null : (row.values[metric] ?? null),
      before: row.before?.[metric] ?? null,
      beforeBucket: typeof compared === 'string' ? compared : null,
      unfinished: start === current,
    }
  })
}
