import { CircleCheck, CircleDashed } from 'lucide-react'
import { useEffect, useState } from 'react'
import { type SiteDocument, useVerification } from '../api/sites'
import { agoText } from '../format/dates'
import { whole } from '../format/numbers'
import { CopyField } from '../parts/CopyField'
import { Section } from '../parts/Section'
import { snippetFor } from '../site/Snippet'

const lookEveryMs = 2000

/** Says, and keeps saying, whether events arrive. */
function Verified({ site }: { site: SiteDocument }) {
  const verification = useVerification(String(site.id), lookEveryMs)
  const [, tick] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => tick(count => count + 1), 1000)
    return () => clearInterval(timer)
  }, [])
  if (!verification.data) return <p className="verified"> </p>
  const { last_event_at: any, last_tracker_event_at: tracker, events, bots, refused } = verification.data
  const refusals = Object.entries(refused).filter(([, count]) => count > 0)
  return (
    <>
      <p className={tracker ? 'verified on' : 'verified'} role="status">
        {tracker ? <CircleCheck size={18} aria-hidden /> : <CircleDashed size={18} aria-hidden />}
        {tracker
          ? `We saw your tracker ${agoText(tracker)}.`
          : any
            ? `No event of the tracker yet; the last event of another kind came ${agoText(any)}.`
            : 'No event yet. Open a page of the site in another tab; this line turns by itself.'}
      </p>
      <p className="muted small">
        {whole(events)} events counted, {whole(bots)} of bots left out
        {refusals.length > 0 &&
          `; refused: ${refusals.map(([reason, count]) => `${reason.replaceAll('_', ' ')} (${whole(count)})`).join(', ')}`}
        .
      </p>
    </>
  )
}

export function TrackingTab({ site }: { site: SiteDocument }) {
  const name = site.domains[0] ?? String(site.id)
  return (
    <>
      <Section title="The tracker" text="Put this line into the head of every page. It sets no cookie.">
        <CopyField label="the snippet" text={snippetFor(name)} />
        <Verified site={site} />
      </Section>
      <Section title="Events of your own" text="Once the tracker is in the page, any script of yours can tell what happened.">
        <CopyField label="the example of an event" text={`footfall('sign_up', { plan: 'pro' })`} />
      </Section>
      <Section title="Without script" text="An image counts page views where scripts do not run, such as in newsletters.">
        <CopyField label="the image" text={`<img src="${location.origin}/p.gif?site=${name}" alt="">`} />
      </Section>
      <Section title="From your server" text="The 202 comes once the event is on disk.">
        <CopyField label="the request" text={`curl -d '{"site":"${name}","url":"https://${name}/"}' ${location.origin}/api/v1/events`} />
      </Section>
      <Section
        title="Your history"
        text="Access logs of Apache, nginx, Caddy and CloudFront, plain or compressed, on the machine of the server."
      >
        <CopyField label="the command" text={`footfall import --site ${name} /var/log/nginx/access.log*`} />
      </Section>
    </>
  )
}
