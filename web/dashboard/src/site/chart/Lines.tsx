import { area, curveMonotoneX, line } from 'd3-shape'
import type { Point } from './geometry'

interface Props {
  points: Point[]
  x: (index: number) => number
  y: (value: number) => number
  gradient: string
}

interface Place {
  index: number
  value: number | null
}

/** The line, its area, what it is compared with, and a dashed end where the last bucket is not over. */
export function Lines({ points, x, y, gradient }: Props) {
  const places: Place[] = points.map(({ value }, index) => ({ index, value }))
  const compared: Place[] = points.map(({ before }, index) => ({ index, value: before }))
  const open = points.findIndex(point => point.unfinished)
  const solid = open > 0 ? places.slice(0, open) : open === 0 ? [] : places
  const dashed = open > 0 ? places.slice(open - 1, open + 1) : []
  const stroke = line<Place>(
    place => x(place.index),
    place => y(place.value ?? 0),
  )
    .defined(place => place.value !== null)
    .curve(curveMonotoneX)
  const fill = area<Place>(
    place => x(place.index),
    y(0),
    place => y(place.value ?? 0),
  )
    .defined(place => place.value !== null)
    .curve(curveMonotoneX)
  const alone = places.filter(place => place.value !== null).length === 1 ? places.find(place => place.value !== null) : undefined
  return (
    <>
      <path className="line before" d={stroke(compared) ?? ''} />
      <path d={fill(solid) ?? ''} fill={`url(#${gradient})`} />
      <path d={fill(dashed) ?? ''} fill={`url(#${gradient})`} />
      <path className="line" d={stroke(solid) ?? ''} data-testid="line" />
      <path className="line unfinished" d={stroke(dashed) ?? ''} />
      {alone && <circle className="dot" cx={x(alone.index)} cy={y(alone.value ?? 0)} r={4} />}
    </>
  )
}
