import { useState } from 'react'
import { type Key, useCollection } from '../api/people'
import { agoText } from '../format/dates'
import { Confirm } from '../parts/Confirm'
import { CopyField } from '../parts/CopyField'
import { ErrorNote } from '../parts/ErrorNote'
import { CheckField, Form, problemOf, TextField } from '../parts/Form'
import { Items } from '../parts/Items'
import { Section } from '../parts/Section'

const scopes = [
  { id: 'reports:read', label: 'Read reports' },
  { id: 'events:write', label: 'Send events for any time' },
  { id: 'sites:admin', label: 'Make and change sites' },
]

export function KeysTab() {
  const keys = useCollection<Key>('/keys', 'keys')
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState(['reports:read'])
  const { add, list, remove } = keys
  const toggle = (id: string, on: boolean) =>
    setChosen(before => scopes.map(scope => scope.id).filter(other => (other === id ? on : before.includes(other))))
  return (
    <>
      <Section
        title="Make a key"
        text="For programs that read reports or send events. Keys belong to the account and reach all of its sites."
      >
        <Form
          submit="Make the key"
          busy={add.isPending}
          error={add.error}
          fields={['name']}
          disabled={chosen.length === 0}
          onSubmit={() => add.mutate({ name, scopes: chosen }, { onSuccess: () => setName('') })}
        >
          <TextField
            label="What it is for"
            value={name}
            onText={setName}
            required
            placeholder="Weekly report"
            problem={problemOf(add.error, 'name')}
          />
          {scopes.map(({ id, label }) => (
            <CheckField key={id} label={label} checked={chosen.includes(id)} onCheck={on => toggle(id, on)} />
          ))}
        </Form>
        {typeof add.data?.key === 'string' && (
          <>
            <p className="notice">This is shown only now; keep it somewhere safe.</p>
            <CopyField label="the key" text={add.data.key} />
          </>
        )}
      </Section>
      <Section title="Keys">
        <Items what="keys" list={list} none="There is no key.">
          {key => (
            <li key={key.id}>
              <span className="item-text">
                <strong className="cut">{key.name}</strong>
                <span className="muted small">
                  {key.scopes.join(', ')} · {key.last_used_at ? `used ${agoText(key.last_used_at)}` : 'never used'}
                </span>
              </span>
              <Confirm
                label="Delete"
                title={`Delete the key ${key.name}`}
                text="Programs that use it are refused from then on."
                confirm="Delete"
                onConfirm={() => remove.mutate(key.id)}
              />
            </li>
          )}
        </Items>
        {remove.isError && <ErrorNote what="The key could not be deleted" error={remove.error} />}
      </Section>
    </>
  )
}
