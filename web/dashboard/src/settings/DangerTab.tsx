import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { change } from '../api/client'
import { mayAct, useSession } from '../api/session'
import { type SiteDocument, useVerification } from '../api/sites'
import { whole } from '../format/numbers'
import { Form, TextField } from '../parts/Form'
import { Section } from '../parts/Section'

export function DangerTab({ site }: { site: SiteDocument }) {
  const { data: session } = useSession()
  const verification = useVerification(String(site.id), false)
  const queries = useQueryClient()
  const [, navigate] = useLocation()
  const [typed, setTyped] = useState('')
  const name = site.domains[0] ?? ''
  const remove = useMutation({
    mutationFn: () => change('DELETE', `/sites/${site.id}`),
    onSuccess: () => {
      queries.removeQueries({ queryKey: ['site'] })
      queries.invalidateQueries({ queryKey: ['overview'] })
      navigate('/')
    },
  })
  const events = verification.data ? `its ${whole(verification.data.events)} counted events` : 'its events'
  if (!mayAct(session, 'owner')) return <p className="muted">Only an owner can delete a site.</p>
  return (
    <Section
      title={`Delete ${name}`}
      text={`The site, ${events}, its annotations and its shared links are gone for good. Its tracker is refused from then on. Other sites stay as they are.`}
    >
      <Form
        submit="Delete the site for good"
        look="danger"
        busy={remove.isPending}
        error={remove.error}
        disabled={typed !== name}
        onSubmit={() => remove.mutate()}
      >
        <TextField
          label={`Type ${name} to go on`}
          value={typed}
          onText={setTyped}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
      </Form>
    </Section>
  )
}
