import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { change } from '../api/client'
import type { SignedIn } from '../api/session'
import { Button } from '../parts/Button'
import { CopyField } from '../parts/CopyField'
import { ErrorNote } from '../parts/ErrorNote'
import { Form, TextField } from '../parts/Form'
import { Section } from '../parts/Section'

interface Secret {
  secret: string
  uri: string
  qr_svg: string
}

/** Shown as an image: what a picture says cannot run. */
const picture = (svg: string) => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`

export function SecondFactorTab({ session }: { session: SignedIn }) {
  return session.user.second_factor ? <TurnOff /> : <TurnOn />
}

function TurnOn() {
  const queries = useQueryClient()
  const [code, setCode] = useState('')
  const begin = useMutation({ mutationFn: () => change<Secret>('POST', '/me/second-factor') })
  const confirm = useMutation({ mutationFn: () => change<{ recovery_codes: string[] }>('POST', '/me/second-factor/confirm', { code }) })
  if (confirm.data) {
    return (
      <Section title="Recovery codes" text="Each lets you in once when your phone is gone. They are shown only now.">
        <CopyField label="the recovery codes" text={confirm.data.recovery_codes.join(' ')} />
        <p>
          <Button look="primary" onClick={() => queries.invalidateQueries({ queryKey: ['session'] })}>
            I have kept them
          </Button>
        </p>
      </Section>
    )
  }
  return (
    <Section title="Second factor" text="Beside the password, signing in then takes six digits of an app on your phone.">
      {begin.isError && <ErrorNote what="It could not be begun" error={begin.error} />}
      {!begin.data ? (
        <p>
          <Button look="primary" busy={begin.isPending} onClick={() => begin.mutate()}>
            Set it up
          </Button>
        </p>
      ) : (
        <>
          <img
            className="qr"
            src={picture(begin.data.qr_svg)}
            alt="QR code for the authenticator app; the secret below says the same"
            width={180}
            height={180}
          />
          <CopyField label="the secret" text={begin.data.secret} />
          <Form submit="Turn it on" busy={confirm.isPending} error={confirm.error} onSubmit={() => confirm.mutate()}>
            <TextField
              label="The six digits that the app shows now"
              value={code}
              onText={setCode}
              autoComplete="one-time-code"
              inputMode="numeric"
              required
            />
          </Form>
        </>
      )}
    </Section>
  )
}

function TurnOff() {
  const queries = useQueryClient()
  const [password, setPassword] = useState('')
  const off = useMutation({
    mutationFn: () => change('DELETE', '/me/second-factor', { password }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['session'] }),
  })
  return (
    <Section title="Second factor" text="It is on: signing in takes six digits of your app.">
      <Form submit="Turn it off" look="danger" busy={off.isPending} error={off.error} onSubmit={() => off.mutate()}>
        <TextField label="Password" type="password" value={password} onText={setPassword} autoComplete="current-password" required />
      </Form>
    </Section>
  )
}
