import type { Realtime } from '../../api/reports'
import type { Reach } from '../../parts/useNear'
import { Panel } from './Panel'
import { RealtimePanel } from './RealtimePanel'
import { panelSpecs } from './specs'

interface Props {
  reach: Reach
  currency: string
  refreshMs: number | false
  now: Realtime | null
  /** Whether the viewer gets realtime numbers at all. */
  showsNow: boolean
}

export function Panels({ reach, currency, refreshMs, now, showsNow }: Props) {
  return (
    <div className="panels">
      {panelSpecs.map(spec => (
        <Panel key={spec.id} spec={spec} reach={reach} currency={currency} refreshMs={refreshMs} />
      ))}
      {showsNow && <RealtimePanel now={now} />}
    </div>
  )
}
