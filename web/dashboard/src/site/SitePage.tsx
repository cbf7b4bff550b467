import { Suspense, useEffect } from 'react'
import { useRoute } from 'wouter'
import { useLive } from '../api/live'
import { useReport, useReportFirst } from '../api/reports'
import { topMetrics } from '../state/metrics'
import { clockIn, isMoving } from '../state/period'
import { questionOf, useView } from '../state/view'
import { Completeness } from './Completeness'
import { ChartCard } from './chart/ChartCard'
import { describeFilter } from './filters/describe'
import { FilterBar } from './filters/FilterBar'
import { Panels } from './panels/Panels'
import { PeriodPicker } from './period/PeriodPicker'
import { Shortcuts } from './period/Shortcuts'
import { SiteHead } from './SiteHead'
import { useSiteScope } from './SiteScope'
import { lazily } from '../parts/lazily'
import { WaitingForEvents } from './WaitingForEvents'

const WholeReport = lazily(() => import('./whole/WholeReport'))

/** How often numbers that still move are asked for again. */
const refreshMs = 60_000

/** Everything about one site on one page. What it shows is in its address. */
export default function SitePage() {
  const scope = useSiteScope()
  const [view, show] = useView()
  // What a link narrows is not counted by the second; its holder gets no realtime numbers.
  const showsNow = scope.always.length === 0
  const now = useLive(scope.site, showsNow)
  const moving = isMoving(view.period, clockIn(scope.timeZone).slice(0, 10))
  const refresh = moving ? refreshMs : false
  const question = { metrics: topMetrics, ...questionOf(view) }
  useReportFirst(scope.site, question)
  const top = useReport(scope.site, question, { refreshMs: refresh })
  const [isWhole, whole] = useRoute(`${scope.base}/report/:dimension`)
  const currency = top.data?.currency ?? scope.currency

  useEffect(() => {
    document.title = `${scope.name} · Footfall`
  }, [scope.name])

  const nothingYet = top.data?.totals.visitors === 0 && view.filters.length === 0
  return (
    <>
      <SiteHead now={now} />
      <main className="site" id="main">
        <h1 className="hidden">Statistics of {scope.name}</h1>
        <div className="toolbar">
          <FilterBar filters={view.filters} onChange={filters => show({ filters })} />
          <PeriodPicker range={top.data ?? null} compared={top.data?.compare ?? null} />
        </div>
        {scope.always.length > 0 && <p className="always muted small">Only {scope.always.map(describeFilter).join(', and ')}</p>}
        <Shortcuts range={top.data ?? null} />
        {nothingYet && <WaitingForEvents visitorsNow={now?.visitors30 ?? 0} />}
        <ChartCard top={top} refreshMs={refresh} currency={currency} />
        <Panels
          reach={isWhole ? 'nothing' : top.data ? 'ahead' : 'screen'}
          currency={currency}
          refreshMs={refresh}
          now={now}
          showsNow={showsNow}
        />
        {top.data && <Completeness report={top.data} />}
      </main>
      {isWhole && whole && (
        <Suspense>
          <WholeReport dimension={decodeURIComponent(whole.dimension)} currency={currency} />
        </Suspense>
      )}
    </>
  )
}
