import * as Tabs from '@radix-ui/react-tabs'
import { Maximize2 } from 'lucide-react'
import { Suspense } from 'react'
import { Link } from 'wouter'
import { lazily } from '../../parts/lazily'
import { Skeleton } from '../../parts/Skeleton'
import { type Reach, useNear } from '../../parts/useNear'
import { withTest } from '../../state/filters'
import { useView, writeView } from '../../state/view'
import { useSiteScope } from '../SiteScope'
import { PanelList, shownRows } from './PanelList'
import { PropertyList } from './PropertyList'
import type { PanelSpec } from './specs'

const PlacesMap = lazily(() => import('../places/PlacesMap'))

interface Props {
  spec: PanelSpec
  reach: Reach
  currency: string
  refreshMs: number | false
}

/** A panel of lists. A click on a row filters the whole page by it, with Alt or Shift it leaves the row out. */
export function Panel({ spec, reach, currency, refreshMs }: Props) {
  const { base } = useSiteScope()
  const [view, show] = useView()
  const [ref, near] = useNear<HTMLElement>(reach)
  const first = spec.tabs[0]
  const tab = spec.tabs.find(candidate => candidate.id === view.tabs[spec.id]) ?? first
  if (!tab || !first) return null

  const tabsWith = (id: string) => {
    const { [spec.id]: _, ...others } = view.tabs
    return id === first.id ? others : { ...others, [spec.id]: id }
  }
  const filter = (dimension: string, value: string, exclude: boolean) =>
    show({ filters: withTest(view.filters, dimension, value, exclude), tabs: tab.next && !exclude ? tabsWith(tab.next) : view.tabs })

  return (
    <section ref={ref} className="card panel" aria-labelledby={`panel-${spec.id}`} data-panel={spec.id}>
      <Tabs.Root value={tab.id} onValueChange={id => show({ tabs: tabsWith(id) })} className="panel-body">
        <header className="panel-head">
          <h2 id={`panel-${spec.id}`}>{spec.title}</h2>
          <Tabs.List className="tabs" aria-label={spec.title}>
            {spec.tabs.map(({ id, label }) => (
              <Tabs.Trigger key={id} value={id} className="tab">
                {label}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
          <Link
            className="icon-button"
            href={`${base}/report/${tab.dimension}${writeView(view)}`}
            aria-label={`All of ${spec.title}: ${tab.label}`}
            title="The whole list, with every number"
          >
            <Maximize2 size={15} aria-hidden />
          </Link>
        </header>
        <Tabs.Content value={tab.id} className="panel-content" tabIndex={-1}>
          {!near ? (
            <Skeleton lines={shownRows} className="rows" />
          ) : tab.kind === 'map' ? (
            <Suspense fallback={<div className="map" />}>
              <PlacesMap currency={currency} refreshMs={refreshMs} onPick={(value, exclude) => filter('country', value, exclude)} />
            </Suspense>
          ) : tab.kind === 'properties' ? (
            <PropertyList currency={currency} refreshMs={refreshMs} />
          ) : (
            <PanelList
              dimension={tab.dimension}
              currency={currency}
              refreshMs={refreshMs}
              onPick={(value, exclude) => filter(tab.dimension, value, exclude)}
            />
          )}
        </Tabs.Content>
      </Tabs.Root>
    </section>
  )
}
