import type { Realtime } from '../../api/reports'
import { Panel } from './Panel'
import { RealtimePanel } from './RealtimePanel'
import { panelSpecs } from './specs'

interface Props {
  currency: string
  refreshMs: number | false
  now: Realtime | null
}

export function Panels({ currency, refreshMs, now }: Props) {
  return (
    <div className="panels">
      {panelSpecs.map(spec => (
        <Panel key={spec.id} spec={spec} currency={currency} refreshMs={refreshMs} />
      ))}
      <RealtimePanel now={now} />
    </div>
  )
}
