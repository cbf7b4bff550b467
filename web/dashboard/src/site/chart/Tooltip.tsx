import type { MetricId } from '../../api/reports'
import type { Annotation } from '../../api/sites'
import { bucketText } from '../../format/dates'
import { changeOf, exactMetric } from '../../format/numbers'
import { Change } from '../../parts/Change'
import { metrics } from '../../state/metrics'
import type { Interval } from '../../state/period'
import type { Point } from './geometry'

interface Props {
  point: Point
  metric: MetricId
  interval: Interval
  currency: string
  place: number
  width: number
  annotations: Annotation[]
}

export function Tooltip({ point, metric, interval, currency, place, width, annotations }: Props) {
  const left = place > width / 2
  return (
    <div className="tooltip" style={left ? { right: width - place + 14 } : { left: place + 14 }} aria-hidden>
      <p className="tooltip-title">{metrics[metric].label}</p>
      <p className="tooltip-row">
        <i className="key" />
        <span>
          {bucketText(point.bucket, interval)}
          {point.unfinished && ', so far'}
        </span>
        <strong>{exactMetric(metric, point.value, currency)}</strong>
      </p>
      {point.beforeBucket && (
        <p className="tooltip-row">
          <i className="key before" />
          <span>{bucketText(point.beforeBucket, interval)}</span>
          <strong>{exactMetric(metric, point.before, currency)}</strong>
        </p>
      )}
      {point.beforeBucket && !point.unfinished && <Change change={changeOf(point.value, point.before)} good={metrics[metric].good} />}
      {annotations.map(({ id, text }) => (
        <p key={id} className="tooltip-note">
          {text}
        </p>
      ))}
    </div>
  )
}
