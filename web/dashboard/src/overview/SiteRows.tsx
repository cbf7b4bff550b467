import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import type { OverviewSite } from '../api/sites'
import { changeOf, whole } from '../format/numbers'
import { Change } from '../parts/Change'
import { Spark } from '../parts/Spark'

const rowPx = 68

interface Props {
  sites: OverviewSite[]
  total: number
  onNeedMore: () => void
}

/** The sites that are in sight, of however many there are. */
export function SiteRows({ sites, total, onNeedMore }: Props) {
  const list = useRef<HTMLUListElement>(null)
  const [top, setTop] = useState(0)
  useLayoutEffect(() => setTop(list.current?.offsetTop ?? 0), [])
  const rows = useWindowVirtualizer({ count: total, estimateSize: () => rowPx, overscan: 8, scrollMargin: top })
  const shown = rows.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= sites.length && sites.length < total) onNeedMore()
  }, [last, sites.length, total, onNeedMore])
  return (
    <ul ref={list} className="card site-rows" style={{ height: rows.getTotalSize() }} aria-label={`${whole(total)} sites`}>
      {shown.map(({ index, start, key }) => {
        const site = sites[index]
        return (
          <li key={key} className="site-row" style={{ transform: `translateY(${start - top}px)`, height: rowPx }}>
            {site ? <SiteLink site={site} /> : <span className="skeleton" />}
          </li>
        )
      })}
    </ul>
  )
}

function SiteLink({ site }: { site: OverviewSite }) {
  return (
    <Link href={`/sites/${site.name}`}>
      <span className="site-row-name">
        <strong className="cut">{site.name}</strong>
        <span className="muted small cut">{site.domains.length > 1 ? `and ${site.domains.slice(1).join(', ')}` : site.time_zone}</span>
      </span>
      <Spark values={site.spark} />
      <span className="site-row-number">
        <strong>{whole(site.visitors)}</strong>
        <span className="muted small">visitors in 24 h</span>
      </span>
      <Change
        change={changeOf(site.visitors, site.visitors_before)}
        good="more"
        title={`${whole(site.visitors_before)} in the 24 hours before`}
      />
    </Link>
  )
}
