import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Link } from 'wouter'
import { useVerification } from '../api/sites'
import { useView } from '../state/view'
import { useSiteScope } from './SiteScope'
import { Snippet } from './Snippet'

const lookEveryMs = 3000

function NothingHere() {
  const [, , address] = useView()
  return (
    <p className="empty-hint" role="status">
      Nobody came in this period. <Link href={address({ period: { name: 'all' } })}>Look at all time</Link>
    </p>
  )
}

/** Shown when a period is empty. A site that never had an event shows how to get the first one, and turns by itself when it comes. */
function Waiting({ visitorsNow }: { visitorsNow: number }) {
  const { site, name, mayAdminister } = useSiteScope()
  const queries = useQueryClient()
  const verification = useVerification(site, lookEveryMs)
  const events = verification.data?.events ?? 0
  const arrived = events > 0 || visitorsNow > 0
  useEffect(() => {
    if (arrived) queries.invalidateQueries({ queryKey: ['report', site] })
  }, [arrived, queries, site])
  if (!verification.data) return null
  if (events > 0) return <NothingHere />
  const { bots, refused } = verification.data
  const refusals = Object.entries(refused).filter(([, count]) => count > 0)
  return (
    <section className="card waiting" aria-labelledby="waiting">
      <h2 id="waiting">
        <i className="pulse on" aria-hidden /> Waiting for the first event of {name}
      </h2>
      <p>Put this line into the head of every page. The moment a page with it is opened, this page fills by itself.</p>
      <Snippet />
      {bots > 0 && <p className="muted">{bots} events came from bots and are left out. Open the site in an ordinary browser.</p>}
      {refusals.length > 0 && (
        <p className="muted">
          Events arrive but are refused: {refusals.map(([reason, count]) => `${reason.replaceAll('_', ' ')} (${count})`).join(', ')}.
        </p>
      )}
      {mayAdminister && (
        <p>
          <Link href={`/sites/${site}/settings/tracking`}>Other ways: image without script, server, access logs</Link>
        </p>
      )}
    </section>
  )
}

export function WaitingForEvents(props: { visitorsNow: number }) {
  return useSiteScope().by === 'member' ? <Waiting {...props} /> : <NothingHere />
}
