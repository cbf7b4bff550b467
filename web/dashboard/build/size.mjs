// Prints how much script, gzip'd, stands between an empty browser and the first chart, and fails when it is more than is allowed.
import { readFileSync, statSync } from 'node:fs'

const most = 200_000
const folder = new URL('../../../artifacts/dashboard/dist/', import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8'))

const needed = new Set()
function take(key) {
  const chunk = manifest[key]
  if (!chunk || needed.has(chunk.file)) return
  needed.add(chunk.file)
  for (const imported of chunk.imports ?? []) take(imported)
}
take('index.html')
take('src/site/SitePage.tsx')
const bytes = [...needed].filter(file => file.endsWith('.js')).reduce((sum, file) => sum + statSync(new URL(`${file}.gz`, folder)).size, 0)
process.stdout.write(`script before the first chart: ${(bytes / 1000).toFixed(1)} kB gzip'd of ${most / 1000} kB allowed\n`)
if (!manifest['src/site/SitePage.tsx'])
  throw new Error('The site page is no chunk of its own any more; this check must learn its new name.')
if (bytes > most) throw new Error(`That is ${bytes - most} bytes too many: load what the first chart does not need later.`)
