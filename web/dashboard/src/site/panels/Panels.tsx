import type { Realtime } from '../../api/reports'
import { Panel } from './Panel'
import { RealtimePanel } from './RealtimePanel'
import { panelSpecs } from './specs'

interface Props {
  /** Whether a dialog lies over the page. */
  covered: boolean
  currency: string
  refreshMs: number | false
  now: Realtime | null
  /** Whether the viewer gets realtime numbers at all. */
  showsNow: boolean
}

export function Panels({ covered, currency, refreshMs, now, showsNow }: Props) {
  return (
    <div className="panels">
      {panelSpecs.map(spec => (
        <Panel key={spec.id} spec={spec} covered={covered} currency={currency} refreshMs={refreshMs} />
      ))}
      {showsNow && <RealtimePanel now={now} />}
    </div>
  )
}
