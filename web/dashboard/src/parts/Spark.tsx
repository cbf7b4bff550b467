import { area, curveMonotoneX, line } from 'd3-shape'

/** A small line without axes; the number beside it says how much. */
export function Spark({ values, width = 120, height = 32 }: { values: number[]; width?: number; height?: number }) {
  const most = Math.max(1, ...values)
  const x = (index: number) => (index * width) / Math.max(1, values.length - 1)
  const y = (value: number) => height - 2 - (value / most) * (height - 5)
  const stroke = line<number>((_, index) => x(index), y).curve(curveMonotoneX)(values) ?? ''
  const fill = area<number>((_, index) => x(index), height, y).curve(curveMonotoneX)(values) ?? ''
  return (
    <svg
      className="spark"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden
      focusable="false"
    >
      <path className="spark-fill" d={fill} />
      <path className="spark-line" d={stroke} />
    </svg>
  )
}
