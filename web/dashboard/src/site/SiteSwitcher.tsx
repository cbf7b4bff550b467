import * as Popover from '@radix-ui/react-popover'
import { useQuery } from '@tanstack/react-query'
import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import { get } from '../api/client'
import type { OverviewDocument } from '../api/sites'
import { compact } from '../format/numbers'
import { SearchField } from '../parts/SearchField'
import { useSiteScope } from './SiteScope'

function SiteList({ close }: { close: () => void }) {
  const [search, setSearch] = useState('')
  const found = useQuery({
    queryKey: ['overview', 'switcher', search],
    queryFn: ({ signal }) => get<OverviewDocument>(`/overview?limit=8&search=${encodeURIComponent(search)}`, signal),
    placeholderData: before => before,
  })
  return (
    <>
      <SearchField label="Find a site" text={search} onText={setSearch} />
      <ul className="menu-list">
        {found.data?.sites.map(site => (
          <li key={site.site}>
            <Link href={`/sites/${site.name}`} className="menu-item" onClick={close}>
              <span className="cut">{site.name}</span>
              <span className="muted number">{compact(site.visitors)}</span>
            </Link>
          </li>
        ))}
      </ul>
      <div className="menu-line" />
      <Link href="/" className="menu-item" onClick={close}>
        All sites
      </Link>
      <Link href="/add-site" className="menu-item" onClick={close}>
        Add a site
      </Link>
    </>
  )
}

export function SiteSwitcher() {
  const { name } = useSiteScope()
  const [open, setOpen] = useState(false)
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="site-name switch" title="Other sites">
        <span className="cut">{name}</span>
        <ChevronDown size={16} aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="menu" align="start" sideOffset={6} aria-label="Sites">
          <SiteList close={() => setOpen(false)} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
