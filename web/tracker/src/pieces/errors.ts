import { footfall, short } from '../page'

// Pages that the server could not give. The browser knows the status; where it does not tell, the page may: <meta name="footfall-status" content="404">.
const [navigation] = performance.getEntriesByType('navigation') as (PerformanceNavigationTiming & { responseStatus?: number })[]
const told = document.querySelector<HTMLMetaElement>('meta[name="footfall-status"]')?.content
const status = Number(told) || navigation?.responseStatus || 0
if (status >= 400) footfall('error', { interactive: false, props: { status, path: short(location.pathname), referrer: short(document.referrer) } })
