import { useQueryClient } from '@tanstack/react-query'
import { WifiOff } from 'lucide-react'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { reachability } from '../api/reachability'

/** Shown while the server cannot be reached; when it is back, everything on the page is asked for again. */
export function ReachabilityBanner() {
  const away = useSyncExternalStore(reachability.subscribe, reachability.isAway)
  const wasAway = useRef(false)
  const queries = useQueryClient()
  useEffect(() => {
    if (wasAway.current && !away) queries.invalidateQueries()
    wasAway.current = away
  }, [away, queries])
  return (
    <div role="status">
      {away && (
        <p className="banner">
          <WifiOff size={16} aria-hidden /> Footfall cannot be reached. What you see was loaded before; it goes on by itself once the server
          is back.
        </p>
      )}
    </div>
  )
}
