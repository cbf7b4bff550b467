import { useAnalysis } from '../api/analysis'
import { ApiError } from '../api/ApiError'
import { mayAct, useSession } from '../api/session'
import { agoText } from '../format/dates'
import { ErrorNote } from '../parts/ErrorNote'
import { Section } from '../parts/Section'
import { Skeleton } from '../parts/Skeleton'
import { RunTable } from './RunTable'

const title = 'Scheduled analysis'

/** What the scheduled analysis did: how new what it read is, and each of its runs. */
export function AnalysisTab() {
  const { data: session } = useSession()
  const found = useAnalysis()
  if (!mayAct(session, 'owner')) return <p className="muted">Only an owner can look at the analysis.</p>
  if (found.error instanceof ApiError && found.error.status === 404)
    return (
      <Section title={title}>
        <p className="muted">
          This server has its warehouse to itself: it sums up numbers as events come in, and needs no analysis on a schedule.
        </p>
      </Section>
    )
  if (found.isError) return <ErrorNote what="The analysis could not be loaded" error={found.error} retry={() => found.refetch()} />
  if (!found.data) return <Skeleton lines={5} />
  const { every_minutes: minutes, runs } = found.data
  const span = minutes === 1 ? 'minute' : `${minutes} minutes`
  const newest = runs.find(run => run.complete_until)
  return (
    <Section title={title} text={`Sums up closed days every ${span}, so that long reports are quick. Numbers of today do not wait for it.`}>
      {newest?.complete_until && (
        <p>
          Everything is read that came in until <strong>{agoText(newest.complete_until)}</strong>.
        </p>
      )}
      {runs.length === 0 ? (
        <p className="muted">There was no run yet. The first begins within {minutes === 1 ? 'a minute' : span}.</p>
      ) : (
        <RunTable runs={runs} />
      )}
    </Section>
  )
}
