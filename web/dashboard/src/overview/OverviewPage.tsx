import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useDeferredValue, useEffect, useState } from 'react'
import { Link, useLocation, useSearch } from 'wouter'
import { get } from '../api/client'
import { mayAct, useSession } from '../api/session'
import type { OverviewDocument } from '../api/sites'
import { whole } from '../format/numbers'
import { ErrorNote } from '../parts/ErrorNote'
import { SearchField } from '../parts/SearchField'
import { Skeleton } from '../parts/Skeleton'
import { TopBar } from '../parts/TopBar'
import { SiteRows } from './SiteRows'

const pageSites = 200
const refreshMs = 60_000

/** Every site with its last 24 hours. Only the rows in sight exist, and only the pages of the list that were scrolled to are asked for. */
export default function OverviewPage() {
  const session = useSession()
  const query = new URLSearchParams(useSearch())
  const [path, navigate] = useLocation()
  const order = query.get('order') === 'name' ? 'name' : 'visitors'
  const [typed, setTyped] = useState(query.get('search') ?? '')
  const search = useDeferredValue(typed.trim())
  const found = useInfiniteQuery({
    queryKey: ['overview', order, search],
    queryFn: ({ pageParam, signal }) =>
      get<OverviewDocument>(`/overview?order=${order}&search=${encodeURIComponent(search)}&offset=${pageParam}&limit=${pageSites}`, signal),
    initialPageParam: 0,
    getNextPageParam: (_, pages) => (pages.length * pageSites < (pages[0]?.total ?? 0) ? pages.length * pageSites : undefined),
    placeholderData: keepPreviousData,
    refetchInterval: refreshMs,
  })
  useEffect(() => {
    document.title = 'Sites · Footfall'
  }, [])
  const address = (change: Record<string, string>) => {
    const next = new URLSearchParams({
      ...(typed.trim() ? { search: typed.trim() } : {}),
      ...(order === 'name' ? { order } : {}),
      ...change,
    })
    for (const [key, value] of [...next]) if (value === '' || value === 'visitors') next.delete(key)
    return path + (next.size > 0 ? `?${next}` : '')
  }
  const total = found.data?.pages[0]?.total ?? 0
  const sites = found.data?.pages.flatMap(page => page.sites) ?? []
  return (
    <>
      <TopBar />
      <main className="page" id="main">
        <div className="page-head">
          <h1>Sites</h1>
          <span className="muted number" role="status">
            {found.data ? whole(total) : ''}
          </span>
          <SearchField
            label="Find a site"
            className="push"
            text={typed}
            onText={text => {
              setTyped(text)
              navigate(address({ search: text.trim() }), { replace: true })
            }}
          />
          <div className="segmented" role="group" aria-label="Order">
            <button type="button" aria-pressed={order === 'visitors'} onClick={() => navigate(address({ order: 'visitors' }))}>
              Visitors
            </button>
            <button type="button" aria-pressed={order === 'name'} onClick={() => navigate(address({ order: 'name' }))}>
              Name
            </button>
          </div>
          {mayAct(session.data, 'admin') && (
            <Link href="/add-site" className="button primary">
              <Plus size={16} aria-hidden /> Add a site
            </Link>
          )}
        </div>
        {found.isError && !found.data ? (
          <ErrorNote what="The sites could not be loaded" error={found.error} retry={() => found.refetch()} />
        ) : !found.data ? (
          <Skeleton lines={8} className="site-skeleton" />
        ) : total === 0 ? (
          <Nothing search={search} mayAdd={mayAct(session.data, 'admin')} />
        ) : (
          <SiteRows
            sites={sites}
            total={total}
            onNeedMore={() => found.hasNextPage && !found.isFetchingNextPage && found.fetchNextPage()}
          />
        )}
      </main>
    </>
  )
}

function Nothing({ search, mayAdd }: { search: string; mayAdd: boolean }) {
  if (search) return <p className="empty">No site has “{search}” in one of its domains.</p>
  return (
    <div className="card blank">
      <h2>No site yet</h2>
      <p className="muted">{mayAdd ? 'Add the first one; it takes a minute.' : 'An administrator of your account can add one.'}</p>
      {mayAdd && (
        <Link href="/add-site" className="button primary">
          Add a site
        </Link>
      )}
    </div>
  )
}
