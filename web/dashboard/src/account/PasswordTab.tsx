import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { change } from '../api/client'
import { Form, NewPasswordField, problemOf, TextField } from '../parts/Form'
import { Section } from '../parts/Section'

export function PasswordTab() {
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const save = useMutation({
    mutationFn: () => change('PUT', '/me/password', { current, new: next }),
    onSuccess: () => {
      setCurrent('')
      setNext('')
    },
  })
  return (
    <Section title="Password" text="Everywhere else you are signed out by the change.">
      <Form
        submit="Change the password"
        busy={save.isPending}
        error={save.error}
        fields={['current', 'new']}
        done={save.isSuccess ? 'Changed.' : null}
        onSubmit={() => save.mutate()}
      >
        <TextField
          label="Password of now"
          type="password"
          value={current}
          onText={setCurrent}
          autoComplete="current-password"
          required
          problem={problemOf(save.error, 'current')}
        />
        <NewPasswordField label="New password" value={next} onText={setNext} problem={problemOf(save.error, 'new')} />
      </Form>
    </Section>
  )
}
