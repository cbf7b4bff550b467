import type { AnalysisRun } from '../api/analysis'
import { momentText } from '../format/dates'
import { nothing, whole } from '../format/numbers'

const number = (value: number | null) => (value === null ? nothing : whole(value))

const seconds = (value: number) =>
  `${value.toLocaleString(navigator.languages as string[], { minimumFractionDigits: 1, maximumFractionDigits: 1 })} s`

const engines: Record<string, string> = { spark: 'Apache Spark', duckdb: 'DuckDB' }

/** Runs of the analysis, newest first. */
export function RunTable({ runs }: { runs: AnalysisRun[] }) {
  return (
    <section className="table-frame" aria-label="Runs of the analysis" tabIndex={0}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Began</th>
            <th scope="col">Took</th>
            <th scope="col">Events</th>
            <th scope="col">Sites</th>
            <th scope="col">Days summed up</th>
            <th scope="col">µs an event</th>
          </tr>
        </thead>
        <tbody>
          {runs.map(run => (
            <tr key={run.began_at}>
              <th scope="row">
                {momentText(run.began_at)}
                <span className="muted small block">{engines[run.engine] ?? run.engine}</span>
                {run.failure && <span className="field-problem block">Failed, and is made up for: {run.failure}</span>}
              </th>
              <td>{seconds(run.seconds)}</td>
              <td>{number(run.events)}</td>
              <td>{number(run.sites)}</td>
              <td>{number(run.days)}</td>
              <td>{number(run.microseconds_per_event)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
