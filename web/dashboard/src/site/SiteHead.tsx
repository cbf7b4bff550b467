import { Bug, Settings } from 'lucide-react'
import { Link } from 'wouter'
import type { Realtime } from '../api/reports'
import { whole } from '../format/numbers'
import { Mark } from '../parts/Mark'
import { TopBar } from '../parts/TopBar'
import { useSiteScope } from './SiteScope'
import { SiteSwitcher } from './SiteSwitcher'

/** How many are on the site now; it moves within a second of an event. */
function Now({ now }: { now: Realtime | null }) {
  if (!now) return <span className="now" aria-hidden />
  return (
    <span className="now" title="Visitors in the last five minutes">
      <i className={now.visitors5 > 0 ? 'pulse on' : 'pulse'} aria-hidden />
      <strong data-testid="now">{whole(now.visitors5)}</strong>{' '}
      <span className="now-who">{now.visitors5 === 1 ? 'visitor' : 'visitors'}</span> <span>now</span>
    </span>
  )
}

export function SiteHead({ now }: { now: Realtime | null }) {
  const scope = useSiteScope()
  if (scope.by === 'member') {
    return (
      <TopBar>
        <SiteSwitcher />
        <Now now={now} />
        {scope.mayAdminister && (
          <>
            <Link
              href={`${scope.base}/debugger`}
              className="icon-button push"
              aria-label="Raw hits of this site"
              title="Raw hits of this site"
            >
              <Bug size={19} aria-hidden />
            </Link>
            <Link href={`${scope.base}/settings`} className="icon-button" aria-label="Settings of this site" title="Settings of this site">
              <Settings size={19} aria-hidden />
            </Link>
          </>
        )}
      </TopBar>
    )
  }
  return (
    <header className={scope.by === 'embed' ? 'top-bar embedded' : 'top-bar'}>
      {scope.by === 'share' && <Mark />}
      <div className="top-bar-middle">
        <strong className="site-name">{scope.name}</strong>
        <Now now={now} />
      </div>
    </header>
  )
}
