import type { Realtime } from '../../api/reports'
import { whole } from '../../format/numbers'
import { Skeleton } from '../../parts/Skeleton'
import { withTest } from '../../state/filters'
import { useView } from '../../state/view'
import { RankRow } from './RankRow'

const shownRows = 4

function Minutes({ views }: { views: number[] }) {
  const most = Math.max(1, ...views)
  const total = views.reduce((sum, count) => sum + count, 0)
  return (
    <div className="minutes" role="img" aria-label={`${whole(total)} page views in the last 30 minutes`}>
      {views.map((count, index) => (
        <i
          key={index}
          className={count > 0 ? 'some' : ''}
          style={{ height: `${(count / most) * 100}%` }}
          title={`${whole(count)} page views, ${views.length - index} min ago`}
        />
      ))}
    </div>
  )
}

function Ranking({ title, rows, dimension }: { title: string; rows: Realtime['pages']; dimension: string }) {
  const [view, show] = useView()
  const most = Math.max(1, ...rows.map(row => row.visitors))
  return (
    <>
      <p className="columns" aria-hidden>
        <span>{title}</span>
        <span>Visitors</span>
      </p>
      <ul className="rank" aria-label={`${title} of the last 30 minutes`}>
        {rows.slice(0, shownRows).map(row => (
          <RankRow
            key={row.name}
            text={row.name}
            subject={title}
            share={row.visitors / most}
            number={whole(row.visitors)}
            exact={`${whole(row.visitors)} visitors in the last 30 minutes`}
            onPick={exclude => show({ filters: withTest(view.filters, dimension, row.name, exclude) })}
          />
        ))}
      </ul>
    </>
  )
}

/** What happens now. The filters of the page do not apply to it. */
export function RealtimePanel({ now }: { now: Realtime | null }) {
  return (
    <section className="card panel" aria-labelledby="panel-now" data-panel="now">
      <header className="panel-head">
        <h2 id="panel-now">Realtime</h2>
        <span className="muted push small">last 30 minutes, all visitors</span>
      </header>
      {!now ? (
        <Skeleton lines={9} className="rows" />
      ) : (
        <div className="panel-content">
          <div className="now-numbers">
            <p>
              <strong>{whole(now.visitors5)}</strong> now
            </p>
            <p>
              <strong>{whole(now.visitors30)}</strong> in 30 minutes
            </p>
            <Minutes views={now.page_views} />
          </div>
          {now.visitors30 === 0 ? (
            <p className="empty">Nobody in the last half hour. This moves by itself when somebody comes.</p>
          ) : (
            <>
              <Ranking title="Page" rows={now.pages} dimension="page" />
              <Ranking title="Source" rows={now.sources} dimension="source" />
            </>
          )}
        </div>
      )}
    </section>
  )
}
