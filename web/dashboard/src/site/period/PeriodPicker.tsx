import * as Popover from '@radix-ui/react-popover'
import { CalendarDays, ChevronLeft, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { rangeText } from '../../format/dates'
import { IconButton } from '../../parts/Button'
import { clockIn, periods, type Range, shifted } from '../../state/period'
import { useView } from '../../state/view'
import { useSiteScope } from '../SiteScope'
import { CompareChoice } from './CompareChoice'
import { PeriodChoice } from './PeriodChoice'

interface Props {
  /** The days that the period came to; null until the server has said. */
  range: Range | null
  compared: Range | null
}

export function PeriodPicker({ range, compared }: Props) {
  const { timeZone } = useSiteScope()
  const [view, show] = useView()
  const [open, setOpen] = useState(false)
  const { period } = view
  const label = 'name' in period ? (periods.find(({ name }) => name === period.name)?.label ?? 'Last 30 days') : rangeText(period)
  const today = clockIn(timeZone).slice(0, 10)
  const move = (by: 1 | -1) => range && show({ period: shifted(range, by) })
  return (
    <div className="period">
      <IconButton label="Earlier" title="Earlier (←)" onClick={() => move(-1)} disabled={!range}>
        <ChevronLeft size={18} aria-hidden />
      </IconButton>
      <Popover.Root open={open} onOpenChange={setOpen}>
        <Popover.Trigger className="button period-button">
          <CalendarDays size={16} aria-hidden />
          <span className="hidden">Period: </span>
          <span>{label}</span>
          {compared && <span className="muted compared">vs {rangeText(compared)}</span>}
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content className="menu period-menu" align="end" sideOffset={6} aria-label="Period">
            <PeriodChoice range={range} close={() => setOpen(false)} />
            <CompareChoice range={range} />
            <p className="muted small period-zone">Days of {timeZone}</p>
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
      <IconButton label="Later" title="Later (→)" onClick={() => move(1)} disabled={!range || range.to >= today}>
        <ChevronRight size={18} aria-hidden />
      </IconButton>
    </div>
  )
}
