import { useMemo } from 'react'
import { type Row, rowsOf, useReport } from '../../api/reports'
import { ErrorNote } from '../../parts/ErrorNote'
import { Skeleton } from '../../parts/Skeleton'
import { withTest } from '../../state/filters'
import { questionOf, useView } from '../../state/view'
import { useSiteScope } from '../SiteScope'
import { PanelList } from './PanelList'

interface Props {
  currency: string
  refreshMs: number | false
}

/** Sets of names that events carry; sites have few. */
const mostSets = 1000

/** The names of the properties that events carry in the period, most used first. */
export function useProperties() {
  const { site } = useSiteScope()
  const [view] = useView()
  const { compare: _, compare_from: _from, compare_to: _to, ...question } = questionOf(view)
  const report = useReport(site, { metrics: ['events'], dimensions: ['property_names'], limit: mostSets, ...question })
  const names = useMemo(() => (report.data ? namesOf(rowsOf(report.data)) : undefined), [report.data])
  return { ...report, names }
}

function namesOf(sets: Row[]): string[] {
  const used = new Map<string, number>()
  for (const { name, values } of sets) {
    if (!name.startsWith('[')) continue
    for (const property of JSON.parse(name) as string[]) used.set(property, (used.get(property) ?? 0) + (values.events ?? 0))
  }
  return [...used].sort((a, b) => b[1] - a[1]).map(([property]) => property)
}

/** The values of one property of the events; which one is chosen above the list and stands in the address. */
export function PropertyList({ currency, refreshMs }: Props) {
  const [view, show] = useView()
  const found = useProperties()
  if (found.isError && !found.data)
    return <ErrorNote what="The properties could not be loaded" error={found.error} retry={() => found.refetch()} />
  if (!found.names) return <Skeleton lines={9} className="rows" />
  const { names } = found
  const name = names.find(candidate => candidate === view.tabs.property) ?? names[0]
  if (name === undefined)
    return (
      <p className="empty">
        No event of this period has properties. Send some with footfall("sign_up", {'{'} plan: "pro" {'}'}).
      </p>
    )
  return (
    <>
      <div className="pills" role="group" aria-label="Property">
        {names.slice(0, 12).map(candidate => (
          <button
            key={candidate}
            type="button"
            aria-pressed={candidate === name}
            onClick={() => show({ tabs: { ...view.tabs, property: candidate } })}
          >
            {candidate}
          </button>
        ))}
      </div>
      <PanelList
        dimension={`prop:${name}`}
        currency={currency}
        refreshMs={refreshMs}
        onPick={(value, exclude) => show({ filters: withTest(view.filters, `prop:${name}`, value, exclude) })}
      />
    </>
  )
}
