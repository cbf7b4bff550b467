import { scaleLinear } from 'd3-scale'

export interface Point {
  bucket: string
  value: number | null
  before: number | null
  beforeBucket: string | null
  /** The bucket holds this moment, so its number still grows. */
  unfinished: boolean
}

export interface Box {
  width: number
  height: number
}

export const margin = { top: 14, right: 12, bottom: 26, left: 12 }

const leastBetweenLabels = 84

/** Where things stand. Values are above the axis; the labels of the values lie inside, so that the line has the whole width. */
export function geometryOf(points: Point[], box: Box, wholeNumbers: boolean) {
  const most = Math.max(0, ...points.flatMap(point => [point.value ?? 0, point.before ?? 0]))
  const scale = scaleLinear()
    .domain([0, most === 0 ? 1 : most])
    .nice(4)
    .range([box.height - margin.bottom, margin.top])
  const inner = box.width - margin.left - margin.right
  const x = (index: number) => margin.left + (points.length === 1 ? inner / 2 : (index * inner) / (points.length - 1))
  const ticks = scale.ticks(4).filter(tick => tick > 0 && (!wholeNumbers || Number.isInteger(tick)))
  return { x, y: (value: number) => scale(value), ticks, labels: labelled(points.length, inner) }
}

/** The places that get a label: evenly spread and far enough from each other. */
export function labelled(count: number, width: number): number[] {
  const room = Math.max(1, Math.floor(width / leastBetweenLabels))
  const step = Math.max(1, Math.ceil(count / room))
  return Array.from({ length: count }, (_, index) => index).filter(
    index => index % step === 0 && (index === 0 || count - 1 - index >= step / 2 || step === 1),
  )
}

/** The point nearest to a horizontal place. */
export function nearest(place: number, count: number, width: number): number {
  const inner = width - margin.left - margin.right
  const share = (place - margin.left) / inner
  return Math.min(count - 1, Math.max(0, Math.round(share * (count - 1))))
}
