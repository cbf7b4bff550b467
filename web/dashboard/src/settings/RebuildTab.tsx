import { useState } from 'react'
import { useRebuildActions, useRebuilds } from '../api/rebuilds'
import { mayAct, useSession } from '../api/session'
import type { SiteDocument } from '../api/sites'
import { ErrorNote } from '../parts/ErrorNote'
import { Form, problemOf, SelectField, TextField } from '../parts/Form'
import { Section } from '../parts/Section'
import { Skeleton } from '../parts/Skeleton'
import { RebuildStatus } from './RebuildStatus'

/** Making numbers of the past anew: what called for it, the question, how far it is, what it changes. */
export function RebuildTab({ site }: { site: SiteDocument }) {
  const { data: session } = useSession()
  const found = useRebuilds()
  const { start } = useRebuildActions()
  const name = site.domains[0] ?? ''
  const [whose, setWhose] = useState('this')
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  if (!mayAct(session, 'owner')) return <p className="muted">Only an owner can make history anew.</p>
  if (found.isError) return <ErrorNote what="The rebuild could not be loaded" error={found.error} retry={() => found.refetch()} />
  if (!found.data) return <Skeleton lines={5} />
  const { rebuild, made_by: madeBy } = found.data
  const others = madeBy.filter(made => !made.current)
  return (
    <>
      <Section
        title="What made the numbers"
        text={
          others.length === 0
            ? "All numbers are made by today's logic and rules."
            : "Some numbers were made by other logic or rules than new ones are. A rebuild shows what today's would change."
        }
      >
        {others.length > 0 && (
          <ul className="items">
            {others.map(made => (
              <li key={made.version}>
                <span className="item-text">
                  <strong>
                    {made.from} to {made.to}
                  </strong>
                  <span className="muted small">{made.version}</span>
                </span>
              </li>
            ))}
          </ul>
        )}
      </Section>
      {rebuild && <RebuildStatus rebuild={rebuild} />}
      {!rebuild?.working && (
        <Section
          title="Make history anew"
          text="Reads the raw hits again with today's logic and rules, beside the live numbers, which stay as they are. Then you see what would change, and decide."
        >
          <Form
            submit="Start the rebuild"
            busy={start.isPending}
            error={start.error}
            fields={['from', 'to']}
            onSubmit={() => start.mutate({ sites: whose === 'this' ? [name] : [], from: from || null, to: to || null })}
          >
            <SelectField
              label="Sites"
              value={whose}
              onPick={setWhose}
              options={[
                { value: 'this', text: name },
                { value: 'all', text: 'All sites of the account' },
              ]}
            />
            <TextField
              label="First day"
              type="date"
              value={from}
              onText={setFrom}
              hint="Empty is since ever."
              problem={problemOf(start.error, 'from')}
            />
            <TextField
              label="Last day"
              type="date"
              value={to}
              onText={setTo}
              hint="Empty is until now."
              problem={problemOf(start.error, 'to')}
            />
          </Form>
        </Section>
      )}
    </>
  )
}
