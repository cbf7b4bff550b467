export interface Dimension {
  label: string
  plural: string
}

const dimension = (label: string, plural: string): Dimension => ({ label, plural })

const known: Record<string, Dimension> = {
  hour: dimension('Hour', 'Hours'),
  day: dimension('Day', 'Days'),
  week: dimension('Week', 'Weeks'),
  month: dimension('Month', 'Months'),
  hour_of_day: dimension('Hour of day', 'Hours of day'),
  day_of_week: dimension('Day of week', 'Days of week'),
  event: dimension('Event', 'Events'),
  page: dimension('Page', 'Pages'),
  title: dimension('Title', 'Titles'),
  hostname: dimension('Hostname', 'Hostnames'),
  order_id: dimension('Order', 'Orders'),
  currency: dimension('Currency', 'Currencies'),
  property_names: dimension('Property names', 'Property names'),
  bot: dimension('Bot', 'Bots'),
  source: dimension('Source', 'Sources'),
  medium: dimension('Medium', 'Media'),
  campaign: dimension('Campaign', 'Campaigns'),
  content: dimension('UTM content', 'UTM contents'),
  term: dimension('UTM term', 'UTM terms'),
  channel: dimension('Channel', 'Channels'),
  referrer: dimension('Referrer', 'Referrers'),
  country: dimension('Country', 'Countries'),
  region: dimension('Region', 'Regions'),
  city: dimension('City', 'Cities'),
  browser: dimension('Browser', 'Browsers'),
  browser_version: dimension('Browser version', 'Browser versions'),
  os: dimension('Operating system', 'Operating systems'),
  os_version: dimension('System version', 'System versions'),
  device: dimension('Device', 'Devices'),
  screen_class: dimension('Screen size', 'Screen sizes'),
  language: dimension('Language', 'Languages'),
  entry_page: dimension('Entry page', 'Entry pages'),
  exit_page: dimension('Exit page', 'Exit pages'),
  new_or_returning: dimension('New or returning', 'New or returning'),
}

export function dimensionOf(id: string): Dimension {
  if (id.startsWith('prop:')) return dimension(id.slice(5), id.slice(5))
  return known[id] ?? dimension(id, id)
}

/** What filters can be made of, in the groups of the panels. */
export const filterGroups: { title: string; ids: string[] }[] = [
  { title: 'Page', ids: ['page', 'entry_page', 'exit_page', 'title', 'hostname'] },
  { title: 'Source', ids: ['channel', 'source', 'medium', 'campaign', 'referrer', 'content', 'term'] },
  { title: 'Place', ids: ['country', 'region', 'city', 'language'] },
  { title: 'Device', ids: ['browser', 'browser_version', 'os', 'os_version', 'device', 'screen_class'] },
  { title: 'Behaviour', ids: ['event', 'new_or_returning', 'hour_of_day', 'day_of_week'] },
]
