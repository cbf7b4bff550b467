import type { ReactNode } from 'react'
import { Redirect, useLocation, useSearch } from 'wouter'
import { useSession } from '../api/session'
import { ErrorNote } from '../parts/ErrorNote'

/** What only people who are signed in may see. It is shown at once, while the session is still asked for: the server guards the numbers. */
export function MemberArea({ children }: { children: ReactNode }) {
  const session = useSession()
  const [path] = useLocation()
  const search = useSearch()
  if (session.data && !session.data.signed_in) {
    const here = path + (search ? `?${search}` : '')
    return <Redirect to={here === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(here)}`} replace />
  }
  if (session.isError && !session.data) {
    return (
      <main className="entry">
        <ErrorNote what="Who you are could not be found out" error={session.error} retry={() => session.refetch()} />
      </main>
    )
  }
  return children
}
