import { geoEqualEarth, geoPath } from 'd3-geo'
import codes from 'i18n-iso-countries/codes.json'
import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import atlas from 'world-atlas/countries-110m.json'
import { rowsOf } from '../../api/reports'
import { exactMetric, percent } from '../../format/numbers'
import { missing, valueText } from '../../format/values'
import { ErrorNote } from '../../parts/ErrorNote'
import { metrics } from '../../state/metrics'
import { useRanking } from '../panels/useRanking'

const width = 640
/** The map is cut where only the ocean is, so that no country is on both of its sides. */
const cutAt = 11
const namedCountries = 4
const antarctica = '010'
const everyCountry = 300

const alpha2 = new Map((codes as [string, string, string, ...string[]][]).map(([two, , number]) => [number, two]))
const world = atlas as unknown as Topology<{ countries: GeometryCollection<{ name: string }> }>
const land = feature(world, world.objects.countries).features.filter(country => country.id !== antarctica)
const everything = { type: 'FeatureCollection' as const, features: land }
const path = geoPath(geoEqualEarth().rotate([-cutAt, 0]).fitWidth(width, everything))
const height = Math.ceil(path.bounds(everything)[1][1])
const shapes = land.map(country => ({
  code: alpha2.get(String(country.id)) ?? null,
  name: country.properties.name,
  outline: path(country) ?? '',
}))

interface Props {
  currency: string
  refreshMs: number | false
  onPick: (country: string, exclude: boolean) => void
}

/** Countries by shade. Everything it shows is in the list of countries too, so the keyboard and readers use that one. */
export default function PlacesMap({ currency, refreshMs, onPick }: Props) {
  const { metric, report } = useRanking('country', everyCountry, refreshMs)
  if (report.isError && !report.data)
    return <ErrorNote what="The map could not be loaded" error={report.error} retry={() => report.refetch()} />
  const rows = report.data ? rowsOf(report.data).filter(row => row.name !== missing) : []
  const values = new Map(rows.map(row => [row.name, row.values[metric] ?? 0]))
  const most = Math.max(1, ...values.values())
  const total = report.data?.totals[metric] ?? 0
  // Shades go by the square root: one large country must not make the rest look empty.
  const shade = (value: number) => `color-mix(in oklab, var(--map-most) ${12 + 88 * Math.sqrt(value / most)}%, var(--map-least))`
  const text = (name: string, code: string | null) =>
    code
      ? `${valueText('country', code)}: ${exactMetric(metric, values.get(code) ?? 0, currency)} ${metrics[metric].label.toLowerCase()}`
      : name
  const summary = rows
    .slice(0, 5)
    .map(row => text(row.name, row.name))
    .join(', ')
  return (
    <div className="map">
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`World map. ${summary || 'No visits in this period.'} The tab Country has them as a list.`}
      >
        {shapes.map(({ code, name, outline }) => {
          const value = code ? (values.get(code) ?? 0) : 0
          return (
            <path
              key={name}
              d={outline}
              className={value > 0 ? 'country some' : 'country'}
              style={value > 0 ? { fill: shade(value) } : undefined}
              onClick={event => code && value > 0 && onPick(code, event.altKey || event.shiftKey)}
            >
              <title>{text(name, code)}</title>
            </path>
          )
        })}
      </svg>
      <div className="map-most">
        {rows.slice(0, namedCountries).map(row => (
          <button
            key={row.name}
            type="button"
            onClick={event => onPick(row.name, event.altKey || event.shiftKey)}
            title={text(row.name, row.name)}
          >
            <i style={{ background: shade(row.values[metric] ?? 0) }} aria-hidden />
            {valueText('country', row.name)}
            <span className="muted">{total > 0 ? percent((row.values[metric] ?? 0) / total) : ''}</span>
          </button>
        ))}
      </div>
    </div>
  )
}
