import { type SignedInDevice, useCollection } from '../api/people'
import { browserText } from '../format/browsers'
import { agoText } from '../format/dates'
import { Confirm } from '../parts/Confirm'
import { ErrorNote } from '../parts/ErrorNote'
import { Items } from '../parts/Items'
import { Section } from '../parts/Section'

export function SessionsTab() {
  const { list, remove } = useCollection<SignedInDevice>('/sessions', 'sessions')
  return (
    <Section title="Where you are signed in">
      <Items what="sessions" list={list}>
        {session => (
          <li key={session.id}>
            <span className="item-text">
              <strong className="cut" title={session.user_agent}>
                {browserText(session.user_agent)}
              </strong>
              <span className="muted small">
                {session.address} · {session.current ? 'this browser' : `seen ${agoText(session.last_seen_at)}`}
              </span>
            </span>
            {!session.current && (
              <Confirm
                label="Sign out"
                title={`Sign out ${browserText(session.user_agent)}`}
                text="Whoever uses it has to sign in again."
                confirm="Sign out"
                onConfirm={() => remove.mutate(session.id)}
              />
            )}
          </li>
        )}
      </Items>
      {remove.isError && <ErrorNote what="The session could not be ended" error={remove.error} />}
    </Section>
  )
}
