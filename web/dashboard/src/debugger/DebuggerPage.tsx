import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect } from 'react'
import { Link, useLocation, useSearch } from 'wouter'
import { useHits, useTail } from '../api/hits'
import { mayAct, useSession } from '../api/session'
import { useSite } from '../api/sites'
import { Button } from '../parts/Button'
import { ErrorNote } from '../parts/ErrorNote'
import { Skeleton } from '../parts/Skeleton'
import { TopBar } from '../parts/TopBar'
import { HitFilters } from './HitFilters'
import { HitRow } from './HitRow'
import { isLive, readFilters, withFilter } from './filters'

const waitingMs = 1000

/** The raw hits of a site as they come, and what was made of each. What is asked for stands in the address. */
export default function DebuggerPage({ site }: { site: string }) {
  const session = useSession()
  const found = useSite(site)
  const name = found.data?.domains[0] ?? site
  useEffect(() => {
    document.title = `Debugger of ${name} · Footfall`
  }, [name])
  return (
    <>
      <TopBar>
        <Link href={`/sites/${site}`} className="site-name switch">
          {name}
        </Link>
      </TopBar>
      <main className="page debugger" id="main">
        {found.isError ? (
          <ErrorNote what="The site could not be opened" error={found.error} retry={() => found.refetch()} />
        ) : !found.data || !session.data ? (
          <Skeleton lines={8} />
        ) : mayAct(session.data, 'admin') ? (
          <Hits site={site} timeZone={found.data.time_zone} />
        ) : (
          <p className="muted">Raw hits say more of people than reports do; your role does not show them.</p>
        )}
      </main>
    </>
  )
}

function Hits({ site, timeZone }: { site: string; timeZone: string }) {
  const search = useSearch()
  const [path, navigate] = useLocation()
  const queries = useQueryClient()
  const filters = readFilters(search)
  const live = isLive(search)
  const hits = useHits(site, filters)
  const refresh = useCallback(() => queries.invalidateQueries({ queryKey: ['hits', site] }), [queries, site])
  const tail = useTail(site, filters, live, refresh)
  const change = useCallback(
    (key: string, value: string) => navigate(path + withFilter(search, key, value), { replace: true }),
    [navigate, path, search],
  )
  const rows = hits.data?.pages.flatMap(page => page.hits) ?? []
  const isWaiting = rows.some(hit => hit.outcome === 'pending')
  const shownAt = hits.dataUpdatedAt
  useEffect(() => {
    if (!isWaiting) return
    const timer = setTimeout(refresh, waitingMs)
    return () => clearTimeout(timer)
  }, [isWaiting, shownAt, refresh])
  return (
    <>
      <div className="page-head">
        <h1>Debugger</h1>
        <span className="muted" role="status">
          {!live ? 'Stands still' : tail.isError ? 'Not connected' : 'Live'}
        </span>
        <span className="push" />
        <button type="button" className="button" aria-pressed={live} onClick={() => change('live', live ? '0' : '')}>
          {live ? 'Pause' : 'Go live'}
        </button>
      </div>
      <HitFilters filters={filters} onChange={change} />
      {hits.isError ? (
        <ErrorNote what="The hits could not be loaded" error={hits.error} retry={() => hits.refetch()} />
      ) : !hits.data ? (
        <Skeleton lines={12} className="rows" />
      ) : rows.length === 0 ? (
        <p className="empty">
          {filters.size > 0 ? 'No hit is like that.' : 'No hit has come yet. The next one is shown here a second after it comes.'}
        </p>
      ) : (
        <ol className={hits.isPlaceholderData ? 'hits card stale' : 'hits card'} aria-label="Raw hits, newest first">
          {rows.map(hit => (
            <HitRow key={hit.id} hit={hit} timeZone={timeZone} search={search} />
          ))}
        </ol>
      )}
      {hits.hasNextPage && (
        <Button onClick={() => hits.fetchNextPage()} busy={hits.isFetchingNextPage}>
          Older hits
        </Button>
      )}
    </>
  )
}
