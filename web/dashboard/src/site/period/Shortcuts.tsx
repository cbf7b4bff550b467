import { useEffect, useState } from 'react'
import { Dialog } from '../../parts/Dialog'
import { clockIn, periods, type Range, shifted } from '../../state/period'
import { useView } from '../../state/view'
import { useSiteScope } from '../SiteScope'

const others: [string, string][] = [
  ['←', 'Earlier'],
  ['→', 'Later'],
  ['X', 'Comparison on and off'],
  ['Esc', 'Remove all filters'],
  ['?', 'This list'],
]

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.closest('input, textarea, select, [role=dialog], [role=menu], [role=slider], [role=tablist]') !== null)

/** Keys of the site's page; letters do nothing while something is typed. */
export function Shortcuts({ range }: { range: Range | null }) {
  const { timeZone } = useSiteScope()
  const [view, show] = useView()
  const [help, setHelp] = useState(false)
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector('[role=dialog]')) return
      const key = event.key.length === 1 ? event.key.toUpperCase() : event.key
      const period = periods.find(candidate => candidate.key === key)
      if (period) show({ period: { name: period.name }, interval: null })
      else if (key === 'X') show({ compare: { by: view.compare.by === 'off' ? 'previous_period' : 'off' } })
      else if (key === 'Escape' && view.filters.length > 0) show({ filters: [] })
      else if (key === 'ArrowLeft' && range) show({ period: shifted(range, -1) })
      else if (key === 'ArrowRight' && range && range.to < clockIn(timeZone).slice(0, 10)) show({ period: shifted(range, 1) })
      else if (key === '?') setHelp(true)
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [range, show, timeZone, view])
  if (!help) return null
  return (
    <Dialog title="Keys" onClose={() => setHelp(false)}>
      <dl className="keys">
        {[...periods.map(({ key, label }) => [key, label] as [string, string]), ...others].map(([key, label]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
