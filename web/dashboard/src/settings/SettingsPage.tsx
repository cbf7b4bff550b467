import { useEffect } from 'react'
import { mayAct, useSession } from '../api/session'
import { useSite } from '../api/sites'
import { NotFoundText } from '../entry/NotFound'
import { ErrorNote } from '../parts/ErrorNote'
import { SettingsFrame } from '../parts/SettingsFrame'
import { Skeleton } from '../parts/Skeleton'
import { AnalysisTab } from './AnalysisTab'
import { CountingTab } from './CountingTab'
import { DangerTab } from './DangerTab'
import { GeneralTab } from './GeneralTab'
import { KeysTab } from './KeysTab'
import { LinksTab } from './LinksTab'
import { MembersTab } from './MembersTab'
import { RebuildTab } from './RebuildTab'
import { TrackingTab } from './TrackingTab'

const tabs = [
  { id: 'general', label: 'General', page: GeneralTab },
  { id: 'tracking', label: 'Tracking', page: TrackingTab },
  { id: 'counting', label: 'Privacy and counting', page: CountingTab },
  { id: 'links', label: 'Shared links', page: LinksTab },
  { id: 'members', label: 'Members', page: MembersTab },
  { id: 'keys', label: 'API keys', page: KeysTab },
  { id: 'rebuild', label: 'Rebuild', page: RebuildTab },
  { id: 'analysis', label: 'Analysis', page: AnalysisTab },
  { id: 'danger', label: 'Delete', page: DangerTab },
]

export default function SettingsPage({ site, tab }: { site: string; tab: string }) {
  const session = useSession()
  const found = useSite(site)
  const name = found.data?.domains[0] ?? site
  const chosen = tabs.find(candidate => candidate.id === tab)
  useEffect(() => {
    document.title = `Settings of ${name} · Footfall`
  }, [name])
  return (
    <SettingsFrame title="Settings" back={{ href: `/sites/${site}`, text: name }} tabs={tabs} tab={tab} base={`/sites/${site}/settings`}>
      {found.isError ? (
        <ErrorNote what="The settings could not be loaded" error={found.error} retry={() => found.refetch()} />
      ) : !found.data || !session.data ? (
        <Skeleton lines={6} />
      ) : !mayAct(session.data, 'editor') ? (
        <p className="muted">Your role lets you look at the numbers, but not change the site.</p>
      ) : chosen ? (
        <chosen.page site={found.data} />
      ) : (
        <NotFoundText />
      )}
    </SettingsFrame>
  )
}
