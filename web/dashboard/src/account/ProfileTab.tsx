import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { change } from '../api/client'
import type { SignedIn } from '../api/session'
import { Form, problemOf, TextField } from '../parts/Form'
import { Section } from '../parts/Section'

export function ProfileTab({ session }: { session: SignedIn }) {
  const queries = useQueryClient()
  const [name, setName] = useState(session.user.name)
  const [email, setEmail] = useState(session.user.email)
  const save = useMutation({
    mutationFn: () => change('PATCH', '/me', { name, email }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['session'] }),
  })
  return (
    <Section title="Profile" text={`You are ${session.role} of ${session.account.name}.`}>
      <Form
        submit="Save"
        busy={save.isPending}
        error={save.error}
        fields={['name', 'email']}
        done={save.isSuccess ? 'Saved.' : null}
        onSubmit={() => save.mutate()}
      >
        <TextField label="Name" value={name} onText={setName} autoComplete="name" required problem={problemOf(save.error, 'name')} />
        <TextField
          label="E-mail address"
          type="email"
          value={email}
          onText={setEmail}
          autoComplete="email"
          required
          hint="You sign in with it."
          problem={problemOf(save.error, 'email')}
        />
      </Form>
    </Section>
  )
}
