import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { change } from '../api/client'
import { type Invitation, type Member, useCollection } from '../api/people'
import { mayAct, type Role, useSession } from '../api/session'
import { agoText } from '../format/dates'
import { Confirm } from '../parts/Confirm'
import { CopyField } from '../parts/CopyField'
import { ErrorNote } from '../parts/ErrorNote'
import { Form, problemOf, SelectField, TextField } from '../parts/Form'
import { Items } from '../parts/Items'
import { Section } from '../parts/Section'

const roles: { value: Role; text: string }[] = [
  { value: 'viewer', text: 'Viewer: sees the numbers' },
  { value: 'editor', text: 'Editor: also annotates and shares' },
  { value: 'admin', text: 'Administrator: also sites, keys, members' },
  { value: 'owner', text: 'Owner: everything' },
]

export function MembersTab() {
  const { data: session } = useSession()
  const members = useCollection<Member>('/members', 'members')
  const reassign = useMutation({
    mutationFn: ({ id, role }: { id: Member['id']; role: Role }) => change('PATCH', `/members/${id}`, { role }),
    onSettled: members.refresh,
  })
  const failed = reassign.error ?? members.remove.error
  return (
    <>
      <Section title="Members" text="People of your account; they see all of its sites.">
        <Items what="members" list={members.list} lines={3}>
          {member => (
            <li key={member.id}>
              <span className="item-text">
                <strong className="cut">{member.name}</strong>
                <span className="muted small cut">
                  {member.email}
                  {member.second_factor && ' · second factor'}
                  {member.last_seen_at && ` · seen ${agoText(member.last_seen_at)}`}
                </span>
              </span>
              <select
                aria-label={`Role of ${member.name}`}
                value={member.role}
                onChange={event => reassign.mutate({ id: member.id, role: event.target.value as Role })}
              >
                {roles.map(({ value }) => (
                  <option key={value} value={value} disabled={value === 'owner' && !mayAct(session, 'owner')}>
                    {value}
                  </option>
                ))}
              </select>
              <Confirm
                label="Remove"
                title={`Remove ${member.name}`}
                text={`${member.name} is signed out everywhere and sees nothing of the account any more.`}
                confirm="Remove"
                onConfirm={() => members.remove.mutate(member.id)}
              />
            </li>
          )}
        </Items>
        {failed && <ErrorNote what="That could not be changed" error={failed} />}
      </Section>
      <Invitations mayMakeOwners={mayAct(session, 'owner')} />
    </>
  )
}

function Invitations({ mayMakeOwners }: { mayMakeOwners: boolean }) {
  const invitations = useCollection<Invitation>('/invitations', 'invitations')
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>('viewer')
  const { add } = invitations
  return (
    <Section title="Invite somebody" text="You get a link to send; it works once, for that address.">
      <Form
        submit="Make the invitation"
        busy={add.isPending}
        error={add.error}
        fields={['email']}
        onSubmit={() => add.mutate({ email, role }, { onSuccess: () => setEmail('') })}
      >
        <TextField label="E-mail address" type="email" value={email} onText={setEmail} required problem={problemOf(add.error, 'email')} />
        <SelectField
          label="Role"
          value={role}
          onPick={value => setRole(value as Role)}
          options={roles.filter(({ value }) => value !== 'owner' || mayMakeOwners)}
        />
      </Form>
      {add.data?.address && <CopyField label="the invitation" text={new URL(add.data.address, location.origin).href} />}
      <ul className="items">
        {invitations.list.data?.map(invitation => (
          <li key={invitation.id}>
            <span className="item-text">
              <span className="cut">{invitation.email}</span>
              <span className="muted small">{invitation.role}, not yet accepted</span>
            </span>
            <Confirm
              label="Take back"
              title={`Take back the invitation of ${invitation.email}`}
              text="The link stops working."
              confirm="Take back"
              onConfirm={() => invitations.remove.mutate(invitation.id)}
            />
          </li>
        ))}
      </ul>
    </Section>
  )
}
