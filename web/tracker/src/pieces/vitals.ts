import { onCLS, onINP, onLCP } from 'web-vitals'
import { footfall } from '../page'

// The page's own speed, told once, when the page is first hidden: milliseconds to the largest content and to the next paint, and how much jumped.
const vitals: Record<string, number> = {}
// Each change is heard, because the last one before the page is hidden may come after the library has told its final value.
const all = { reportAllChanges: true }
onLCP(({ value }) => (vitals.lcp = Math.round(value)), all)
onINP(({ value }) => (vitals.inp = Math.round(value)), all)
onCLS(({ value }) => (vitals.cls = Math.round(value * 1000) / 1000), all)

let told = false
const tell = () => {
  if (told || !document.hidden || vitals.lcp == null) return
  told = true
  footfall('web_vitals', { interactive: false, props: vitals })
}
// Registered after those of the measures, and so called when these are final.
addEventListener('visibilitychange', tell)
