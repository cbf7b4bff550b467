import { ArrowDownRight, ArrowRight, ArrowUpRight } from 'lucide-react'
import { signedPercent } from '../format/numbers'
import type { Metric } from '../state/metrics'

/** A relative change: its arrow says the direction, its colour whether that is good. */
export function Change({ change, good, title }: { change: number | null; good: Metric['good']; title?: string }) {
  if (change === null) return <span className="change none">{title ? <span title={title}>new</span> : null}</span>
  const up = change > 0.0005
  const down = change < -0.0005
  const mood = good === 'neither' || !(up || down) ? 'even' : up === (good === 'more') ? 'good' : 'bad'
  const Arrow = up ? ArrowUpRight : down ? ArrowDownRight : ArrowRight
  return (
    <span className={`change ${mood}`} title={title}>
      <Arrow size={13} aria-hidden />
      {signedPercent(change)}
    </span>
  )
}
