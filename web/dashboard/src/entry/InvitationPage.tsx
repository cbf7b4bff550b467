import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { get } from '../api/client'
import { type Role, useSignIn } from '../api/session'
import { Form, NewPasswordField, problemOf, TextField } from '../parts/Form'
import { Loading } from '../parts/Loading'
import { EntryCard } from './EntryCard'
import { useAddressToken } from './useAddressToken'

interface Invitation {
  email: string
  account: string
  role: Role
}

const fields = ['name', 'password']

export default function InvitationPage() {
  const token = useAddressToken()
  const { by } = useSignIn()
  const [, navigate] = useLocation()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => get<Invitation>(`/invitations/by-token/${encodeURIComponent(token)}`, signal),
  })
  const accept = useMutation({
    mutationFn: () => by('/invitations/accept', { token, name, password }),
    onSuccess: () => navigate('/', { replace: true }),
  })
  if (invitation.isPending) return <Loading />
  if (invitation.isError)
    return (
      <EntryCard
        title="This invitation does not work any more"
        text="It may have been used or taken back. Ask who sent it for a new one."
      />
    )
  const { email, account, role } = invitation.data
  return (
    <EntryCard title={`Join ${account}`} text={`${email} is invited as ${role}.`}>
      <Form submit="Join" busy={accept.isPending} error={accept.error} fields={fields} onSubmit={() => accept.mutate()}>
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <TextField
          label="Your name"
          value={name}
          onText={setName}
          autoComplete="name"
          required
          autoFocus
          problem={problemOf(accept.error, 'name')}
        />
        <NewPasswordField label="Password" value={password} onText={setPassword} problem={problemOf(accept.error, 'password')} />
      </Form>
    </EntryCard>
  )
}
