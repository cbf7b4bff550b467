/** A list that a panel can show. */
export interface TabSpec {
  id: string
  label: string
  /** The dimension listed; the map and the properties are lists of another kind. */
  kind: 'list' | 'map' | 'properties'
  dimension: string
  /** The tab that goes on where this one's filter ends: a click on a country leads to its regions. */
  next?: string
}

export interface PanelSpec {
  id: string
  title: string
  tabs: TabSpec[]
}

const list = (dimension: string, label: string, next?: string): TabSpec => ({
  id: dimension,
  label,
  kind: 'list',
  dimension,
  ...(next ? { next } : {}),
})

export const panelSpecs: PanelSpec[] = [
  {
    id: 'sources',
    title: 'Sources',
    tabs: [
      list('source', 'Source', 'referrer'),
      list('channel', 'Channel', 'source'),
      list('medium', 'Medium'),
      list('campaign', 'Campaign'),
      list('referrer', 'Referrer'),
      list('content', 'Content'),
      list('term', 'Term'),
    ],
  },
  {
    id: 'pages',
    title: 'Pages',
    tabs: [list('page', 'Top'), list('entry_page', 'Entry'), list('exit_page', 'Exit'), list('title', 'Title'), list('hostname', 'Host')],
  },
  {
    id: 'places',
    title: 'Locations',
    tabs: [
      { id: 'map', label: 'Map', kind: 'map', dimension: 'country', next: 'region' },
      list('country', 'Country', 'region'),
      list('region', 'Region', 'city'),
      list('city', 'City'),
      list('language', 'Language'),
    ],
  },
  {
    id: 'devices',
    title: 'Devices',
    tabs: [
      list('browser', 'Browser', 'browser_version'),
      list('browser_version', 'Version'),
      list('os', 'OS', 'os_version'),
      list('os_version', 'OS version'),
      list('device', 'Type', 'screen_class'),
      list('screen_class', 'Screen'),
    ],
  },
  {
    id: 'events',
    title: 'Events',
    tabs: [list('event', 'Event', 'properties'), { id: 'properties', label: 'Properties', kind: 'properties', dimension: 'event' }],
  },
]
