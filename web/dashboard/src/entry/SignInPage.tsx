import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Redirect, useLocation, useSearch } from 'wouter'
import { ApiError } from '../api/ApiError'
import { useSession, useSignIn } from '../api/session'
import { Form, TextField } from '../parts/Form'
import { EntryCard } from './EntryCard'

/** Only addresses of the dashboard are gone to after signing in, whatever the link said. */
const safe = (next: string | null) => (next?.startsWith('/') && !next.startsWith('//') ? next : '/')

export default function SignInPage() {
  const session = useSession()
  const { by } = useSignIn()
  const [, navigate] = useLocation()
  const next = safe(new URLSearchParams(useSearch()).get('next'))
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [needsCode, setNeedsCode] = useState(false)
  const enter = useMutation({
    mutationFn: () => by('/session', { email, password, ...(needsCode ? { code } : {}) }),
    onSuccess: () => navigate(next, { replace: true }),
    onError: error => {
      if (error instanceof ApiError && error.kind === 'second-factor-required') setNeedsCode(true)
    },
  })
  useEffect(() => {
    document.title = 'Sign in · Footfall'
  }, [])

  if (session.data?.signed_in && !enter.isPending) return <Redirect to={next} replace />
  if (session.data && !session.data.signed_in && session.data.first_start)
    return (
      <EntryCard
        title="Welcome to Footfall"
        text="Nobody is signed up yet. Open the link that the server has printed in its terminal; it begins with /signup?token= and works once."
      />
    )
  const asksForCode = enter.error instanceof ApiError && enter.error.kind === 'second-factor-required'
  return (
    <EntryCard
      title="Sign in"
      {...(needsCode ? { text: 'Enter the six digits of your authenticator app, or one of your recovery codes.' } : {})}
    >
      <Form
        submit={needsCode ? 'Go on' : 'Sign in'}
        busy={enter.isPending}
        error={asksForCode ? null : problemText(enter.error)}
        onSubmit={() => enter.mutate()}
      >
        {needsCode ? (
          <TextField label="Code" value={code} onText={setCode} autoComplete="one-time-code" inputMode="numeric" required autoFocus />
        ) : (
          <>
            <TextField label="E-mail address" type="email" value={email} onText={setEmail} autoComplete="username" required autoFocus />
            <TextField label="Password" type="password" value={password} onText={setPassword} autoComplete="current-password" required />
          </>
        )}
      </Form>
    </EntryCard>
  )
}

function problemText(error: unknown): unknown {
  if (!(error instanceof ApiError)) return error
  if (error.status === 429) return `Too many attempts. Try again in ${error.retryAfterSeconds ?? 60} seconds.`
  return error
}
