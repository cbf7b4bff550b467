import type { Difference, Mover } from '../api/rebuilds'
import { nothing, percent, whole } from '../format/numbers'

const number = (value: number | null) =>
  value === null
    ? nothing
    : Number.isInteger(value)
      ? whole(value)
      : value.toLocaleString(navigator.languages as string[], { maximumFractionDigits: 3 })

function changeOf({ before, after }: Mover): string {
  const by = (after ?? 0) - (before ?? 0)
  const sign = by > 0 ? '+' : ''
  return before ? `${sign}${number(by)} (${sign}${percent(by / Math.abs(before))})` : `${sign}${number(by)}`
}

/** What a rebuild changes, biggest first. */
export function MoverTable({ difference: { moved, numbers, movers } }: { difference: Difference }) {
  return (
    <>
      <p>
        {whole(moved)} of {whole(numbers)} numbers move{movers.length < moved ? `; the ${whole(movers.length)} biggest are shown` : ''}.
      </p>
      <section className="table-frame" aria-label="What moves" tabIndex={0}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Of</th>
              <th scope="col">Metric</th>
              <th scope="col">Before</th>
              <th scope="col">After</th>
              <th scope="col">Change</th>
            </tr>
          </thead>
          <tbody>
            {movers.map(mover => (
              <tr key={`${mover.site} ${mover.dimension} ${mover.value} ${mover.metric}`}>
                <th scope="row">
                  {mover.dimension ? `${mover.dimension.replaceAll('_', ' ')}: ${mover.value}` : 'all'}
                  <span className="muted small block">{mover.site}</span>
                </th>
                <td>{mover.metric.replaceAll('_', ' ')}</td>
                <td>{number(mover.before)}</td>
                <td>{number(mover.after)}</td>
                <td>{changeOf(mover)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}
