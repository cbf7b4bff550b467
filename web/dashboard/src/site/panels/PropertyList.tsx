import { useQuery } from '@tanstack/react-query'
import { get } from '../../api/client'
import { reportAddress } from '../../api/reports'
import { ErrorNote } from '../../parts/ErrorNote'
import { Skeleton } from '../../parts/Skeleton'
import { withTest } from '../../state/filters'
import { questionOf, useView } from '../../state/view'
import { useSiteScope } from '../SiteScope'
import { PanelList } from './PanelList'

interface Properties {
  properties: { name: string; events: number }[]
}

interface Props {
  currency: string
  refreshMs: number | false
}

/** The names of the properties that events carry in the period, most used first. */
export function useProperties(enabled = true) {
  const { site } = useSiteScope()
  const [view] = useView()
  const { compare: _, compare_from: _from, compare_to: _to, ...question } = questionOf(view)
  const path = reportAddress(site, question).replace('/reports?', '/properties?')
  return useQuery({
    queryKey: ['report', site, 'properties', path],
    queryFn: ({ signal }) => get<Properties>(path, signal),
    enabled,
    placeholderData: before => before,
  })
}

/** The values of one property of the events; which one is chosen above the list and stands in the address. */
export function PropertyList({ currency, refreshMs }: Props) {
  const [view, show] = useView()
  const found = useProperties()
  if (found.isError && !found.data)
    return <ErrorNote what="The properties could not be loaded" error={found.error} retry={() => found.refetch()} />
  if (!found.data) return <Skeleton lines={9} className="rows" />
  const names = found.data.properties.map(property => property.name)
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
