import { useId } from 'react'
import type { MetricId } from '../../api/reports'
import type { Annotation } from '../../api/sites'
import { axisText, bucketText } from '../../format/dates'
import { exactMetric, shortMetric } from '../../format/numbers'
import { metrics } from '../../state/metrics'
import type { Interval } from '../../state/period'
import { geometryOf, margin, type Point } from './geometry'
import { Lines } from './Lines'
import { Tooltip } from './Tooltip'
import { useChartPointer } from './useChartPointer'
import { useWidth } from './useWidth'

interface Props {
  points: Point[]
  metric: MetricId
  interval: Interval
  currency: string
  /** Texts by the index of the point that they belong to. */
  annotations: Map<number, Annotation[]>
  onZoom: (from: number, to: number) => void
}

const height = 288

/** The metric over time. It is walked with the arrow keys as a slider is, and zoomed by dragging, or with Shift and Enter. */
export function TimeChart({ points, metric, interval, currency, annotations, onZoom }: Props) {
  const [ref, width] = useWidth<HTMLDivElement>()
  const pointer = useChartPointer(points.length, width, onZoom)
  const gradient = useId()
  const { x, y, ticks, labels } = geometryOf(points, { width, height }, metrics[metric].unit === 'count')
  const at = pointer.index === null ? null : points[pointer.index]
  const oneDay = points.length > 0 && points[0]?.bucket.slice(0, 10) === points.at(-1)?.bucket.slice(0, 10)
  const said = at
    ? `${bucketText(at.bucket, interval)}: ${exactMetric(metric, at.value, currency)}${at.unfinished ? ' so far' : ''}`
    : 'Arrow keys walk through time'
  return (
    <div className="chart" ref={ref}>
      <div
        className="chart-surface"
        role="slider"
        tabIndex={0}
        aria-label={`${metrics[metric].label} over time`}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, points.length - 1)}
        aria-valuenow={pointer.index ?? 0}
        aria-valuetext={said}
        {...pointer.handlers}
      >
        {width > 0 && (
          <svg width={width} height={height} aria-hidden focusable="false">
            <defs>
              <linearGradient id={gradient} gradientUnits="userSpaceOnUse" x1="0" y1={margin.top} x2="0" y2={y(0)}>
                <stop offset="0" className="area-top" />
                <stop offset="1" className="area-bottom" />
              </linearGradient>
            </defs>
            {ticks.map(tick => (
              <line key={tick} className="grid-line" x1={margin.left} x2={width - margin.right} y1={y(tick)} y2={y(tick)} />
            ))}
            <line className="base-line" x1={margin.left} x2={width - margin.right} y1={y(0)} y2={y(0)} />
            {labels.map(index => (
              <text
                key={index}
                className="axis-text"
                x={x(index)}
                y={height - 8}
                textAnchor={points.length === 1 ? 'middle' : index === 0 ? 'start' : x(index) > width - 40 ? 'end' : 'middle'}
              >
                {axisText(points[index]?.bucket ?? '', interval, oneDay)}
              </text>
            ))}
            {pointer.selection && (
              <rect
                className="selection"
                x={x(pointer.selection[0])}
                width={x(pointer.selection[1]) - x(pointer.selection[0])}
                y={margin.top}
                height={height - margin.top - margin.bottom}
              />
            )}
            <Lines points={points} x={x} y={y} gradient={gradient} />
            {ticks.map(tick => (
              <text key={tick} className="axis-text" x={margin.left} y={y(tick) - 5}>
                {shortMetric(metric, tick, currency)}
              </text>
            ))}
            {[...annotations.keys()].map(index => (
              <g key={index} className="annotation">
                <line x1={x(index)} x2={x(index)} y1={margin.top} y2={y(0)} />
                <circle cx={x(index)} cy={y(0)} r={4.5} />
              </g>
            ))}
            {pointer.index !== null && at && (
              <g>
                <line className="cursor" x1={x(pointer.index)} x2={x(pointer.index)} y1={margin.top} y2={y(0)} />
                {at.before !== null && <circle className="dot before" cx={x(pointer.index)} cy={y(at.before)} r={4} />}
                {at.value !== null && <circle className="dot" cx={x(pointer.index)} cy={y(at.value)} r={5} />}
              </g>
            )}
          </svg>
        )}
      </div>
      {pointer.index !== null && at && (
        <Tooltip
          point={at}
          metric={metric}
          interval={interval}
          currency={currency}
          place={x(pointer.index)}
          width={width}
          annotations={annotations.get(pointer.index) ?? []}
        />
      )}
    </div>
  )
}
