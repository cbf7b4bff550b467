import { Link } from 'wouter'
import type { Hit } from '../api/hits'
import { dayText, timeText } from '../format/dates'
import { outcomeText, withFilter } from './filters'

const lookOf = (outcome: string) => (outcome === 'counted' ? 'good' : outcome === 'pending' ? '' : outcome === 'bot' ? 'note' : 'bad')

function payloadText(payload: string): string {
  try {
    return JSON.stringify(JSON.parse(payload), null, 2)
  } catch {
    return payload
  }
}

/** What is known of a hit, as pairs; what is not known is left out. */
function factsOf({ meaning, ...hit }: Hit): [string, string][] {
  const facts: [string, string | null | undefined | false][] = [
    ['Hit', hit.id],
    ['Visit', hit.visit],
    ['Page', meaning && meaning.hostname + meaning.page],
    ['Title', meaning?.title],
    ['Bot', meaning?.bot],
    ['Time', meaning?.time_replaced && 'the sender’s was not believed'],
    ['Event id', meaning?.event_id],
    ['User id', meaning?.user_id],
    ['Source', meaning && `${meaning.source} / ${meaning.medium}`],
    ['Campaign', meaning?.campaign],
    ['Channel', meaning?.channel],
    ['Place', meaning && [meaning.city, meaning.region, meaning.country].filter(part => part !== '(unknown)').join(', ')],
    ['Device', meaning && [meaning.device, meaning.browser, meaning.os].filter(part => part !== '(unknown)').join(', ')],
    ['Language', meaning?.language],
    ['Identity', hit.identity?.replace('_', ' ')],
    ['Address kept', hit.address],
    ['User agent', hit.user_agent],
  ]
  return facts.filter((fact): fact is [string, string] => Boolean(fact[1]))
}

export function HitRow({ hit, timeZone, search }: { hit: Hit; timeZone: string; search: string }) {
  const { meaning, payload, visitor } = hit
  return (
    <li>
      <details className="hit">
        <summary>
          <time dateTime={hit.received_at} title={dayText(hit.received_at.slice(0, 10))}>
            {timeText(hit.received_at, timeZone)}
          </time>
          <span className={`outcome ${lookOf(hit.outcome)}`}>{outcomeText(hit.outcome)}</span>
          <strong className="hit-name">{meaning?.name ?? '—'}</strong>
          <span className="cut hit-page">{meaning?.page}</span>
          <span className="muted cut hit-source">{meaning?.source}</span>
        </summary>
        <dl>
          {visitor && (
            <div>
              <dt>Visitor</dt>
              <dd>
                <Link href={withFilter(search, 'visitor', visitor)}>{visitor}</Link>
              </dd>
            </div>
          )}
          {factsOf(hit).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {payload ? (
          <pre tabIndex={0} aria-label="What was sent">
            {payloadText(payload)}
          </pre>
        ) : (
          <p className="muted">Nothing of what was sent is kept.</p>
        )}
      </details>
    </li>
  )
}
