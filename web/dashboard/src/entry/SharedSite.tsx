import { useMutation, useQuery } from '@tanstack/react-query'
import { type ComponentType, useState } from 'react'
import { ApiError } from '../api/ApiError'
import { actAs, change, get } from '../api/client'
import type { Filter } from '../api/reports'
import { ErrorNote } from '../parts/ErrorNote'
import { Form, TextField } from '../parts/Form'
import { Loading } from '../parts/Loading'
import { type SiteScope, SiteScopeProvider } from '../site/SiteScope'
import { EntryCard } from './EntryCard'

interface Shared {
  site: { id: number; name: string; domains: string[]; time_zone: string; currency: string }
  name: string
  password_required: boolean
  filters: Filter[] | null
}

interface Props {
  token: string
  kind: 'share' | 'embed'
  page: ComponentType
}

/** What unlocked a link with a password is kept for as long as the tab lives. */
const keyOf = (token: string) => `footfall.unlocked.${token}`

function kept(token: string): string | null {
  try {
    return sessionStorage.getItem(keyOf(token))
  } catch {
    return null
  }
}

/** A site's page for whoever has the link, or inside another page. It shows what the link allows, and asks for its password when it has one. */
export default function SharedSite({ token, kind, page: Page }: Props) {
  const [unlocked, setUnlocked] = useState(() => kept(token))
  const shared = useQuery({
    queryKey: ['shared', token],
    queryFn: ({ signal }) => get<Shared>(`/shared/${encodeURIComponent(token)}`, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (shared.isPending) return <Loading />
  if (shared.isError) {
    const gone =
      shared.error instanceof ApiError && (shared.error.status === 404 || shared.error.status === 401 || shared.error.status === 410)
    return gone ? (
      <EntryCard
        title="This link does not work any more"
        text="It may have been taken back, or have expired. Ask who shared it for a new one."
      />
    ) : (
      <EntryCard title="The numbers could not be loaded">
        <ErrorNote what="The link could not be opened" error={shared.error} retry={() => shared.refetch()} />
      </EntryCard>
    )
  }
  if (shared.data.password_required && !unlocked) {
    const open = (by: string) => {
      try {
        sessionStorage.setItem(keyOf(token), by)
      } catch {
        // Without storage the password is asked for again after the page is loaded again.
      }
      setUnlocked(by)
    }
    return <Unlock token={token} name={shared.data.name} onUnlocked={open} />
  }
  actAs(unlocked ?? token)
  const { site } = shared.data
  const scope: SiteScope = {
    site: String(site.id),
    name: site.name,
    timeZone: site.time_zone,
    currency: site.currency,
    base: `/${kind}/${token}`,
    always: shared.data.filters ?? [],
    by: kind,
    mayEdit: false,
    mayAdminister: false,
  }
  return (
    <SiteScopeProvider value={scope}>
      <Page />
    </SiteScopeProvider>
  )
}

function Unlock({ token, name, onUnlocked }: { token: string; name: string; onUnlocked: (token: string) => void }) {
  const [password, setPassword] = useState('')
  const unlock = useMutation({
    mutationFn: () => change<{ token: string }>('POST', `/shared/${encodeURIComponent(token)}/unlock`, { password }),
    onSuccess: answer => onUnlocked(answer.token),
  })
  return (
    <EntryCard title={name || 'Shared numbers'} text="Who shared this has set a password.">
      <Form submit="Open" busy={unlock.isPending} error={unlock.error} onSubmit={() => unlock.mutate()}>
        <TextField label="Password" type="password" value={password} onText={setPassword} autoComplete="off" required autoFocus />
      </Form>
    </EntryCard>
  )
}
