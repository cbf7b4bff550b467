import { footfall, onLink, short } from '../page'

// Links that lead to another host.
onLink((link) => {
  if (/^https?:/.test(link.protocol) && link.host !== location.host) footfall('outbound', { props: { url: short(link.href), host: link.hostname } })
})
