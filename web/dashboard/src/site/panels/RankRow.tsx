import { CircleSlash2 } from 'lucide-react'
import type { MouseEvent } from 'react'
import { Change } from '../../parts/Change'
import type { Metric } from '../../state/metrics'

interface Props {
  text: string
  /** What the text is one of, such as Source. */
  subject: string
  code?: string | undefined
  share: number
  number: string
  exact: string
  second?: string | undefined
  change?: { value: number | null; good: Metric['good'] } | undefined
  onPick: (exclude: boolean) => void
}

/** A row with its share as a bar behind it. */
export function RankRow({ text, subject, code, share, number, exact, second, change, onPick }: Props) {
  const pick = (event: MouseEvent) => onPick(event.altKey || event.shiftKey)
  return (
    <li className="rank-row">
      <button
        type="button"
        className="rank-main"
        onClick={pick}
        title={`${text}: ${exact}. Click shows only this, Alt or Shift leaves it out.`}
      >
        <i className="rank-bar" style={{ width: `${Math.max(0.4, share * 100)}%` }} aria-hidden />
        <span className="hidden">Show only {subject}: </span>
        {code && (
          <span className="code" aria-hidden>
            {code}
          </span>
        )}
        <span className="cut rank-text">{text}</span>
        {second && <span className="number second muted">{second}</span>}
        <span className="number">{number}</span>
        {change && <Change change={change.value} good={change.good} title="Against the compared period" />}
      </button>
      <button
        type="button"
        className="rank-exclude"
        onClick={() => onPick(true)}
        aria-label={`Leave out ${text}`}
        title={`Leave out ${text}`}
      >
        <CircleSlash2 size={14} aria-hidden />
      </button>
    </li>
  )
}
