import type { ComponentType } from 'react'
import { mayAct, useSession } from '../api/session'
import { useSite } from '../api/sites'
import { ErrorNote } from '../parts/ErrorNote'
import { TopBar } from '../parts/TopBar'
import { type SiteScope, SiteScopeProvider } from './SiteScope'

/** A site's page for people of the account. The page asks for its numbers while the site's own description is still on its way. */
export default function MemberSite({ site, page: Page }: { site: string; page: ComponentType }) {
  const session = useSession()
  const found = useSite(site)
  if (found.isError) {
    return (
      <>
        <TopBar />
        <main className="entry">
          <ErrorNote what={`The site ${site} could not be opened`} error={found.error} retry={() => found.refetch()} />
        </main>
      </>
    )
  }
  const scope: SiteScope = {
    site,
    name: found.data?.domains[0] ?? site,
    timeZone: found.data?.time_zone ?? 'UTC',
    currency: found.data?.currency ?? 'EUR',
    base: `/sites/${site}`,
    always: [],
    by: 'member',
    mayEdit: mayAct(session.data, 'editor'),
    mayAdminister: mayAct(session.data, 'admin'),
  }
  return (
    <SiteScopeProvider value={scope}>
      <Page />
    </SiteScopeProvider>
  )
}
