import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { useSignIn } from '../api/session'
import { Form, NewPasswordField, problemOf, TextField } from '../parts/Form'
import { EntryCard } from './EntryCard'
import { useAddressToken } from './useAddressToken'

const fields = ['account', 'name', 'email', 'password']

/** The first person of a new installation, by the link that the terminal shows. */
export default function SignUpPage() {
  const token = useAddressToken()
  const { by } = useSignIn()
  const [, navigate] = useLocation()
  const [account, setAccount] = useState('')
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const enter = useMutation({
    mutationFn: () => by('/signup', { token, account, name, email, password }),
    onSuccess: () => navigate('/add-site', { replace: true }),
  })
  useEffect(() => {
    document.title = 'Sign up · Footfall'
  }, [])
  if (!token) return <EntryCard title="This link is not whole" text="Copy the whole address from the terminal, with its token." />
  return (
    <EntryCard title="Welcome to Footfall" text="You are the first here, and will own what is measured. It stays on this server.">
      <Form submit="Begin" busy={enter.isPending} error={enter.error} fields={fields} onSubmit={() => enter.mutate()}>
        <TextField
          label="Company or project"
          value={account}
          onText={setAccount}
          autoComplete="organization"
          required
          autoFocus
          problem={problemOf(enter.error, 'account')}
        />
        <TextField label="Your name" value={name} onText={setName} autoComplete="name" required problem={problemOf(enter.error, 'name')} />
        <TextField
          label="E-mail address"
          type="email"
          value={email}
          onText={setEmail}
          autoComplete="username"
          required
          problem={problemOf(enter.error, 'email')}
        />
        <NewPasswordField
          label="Password"
          value={password}
          onText={setPassword}
          hint="At least 10 characters; a few words are easiest to keep."
          problem={problemOf(enter.error, 'password')}
        />
      </Form>
    </EntryCard>
  )
}
