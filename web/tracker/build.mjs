// Makes the tracker's files: minified, and compressed as browsers ask for them. Fails when the core outgrows what it promises.
import { build } from 'esbuild'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const coreMost = 1200
const served = 'dist/served'
const pieces = readdirSync('src/pieces').map((file) => file.replace('.ts', ''))
const shared = { bundle: true, minify: true, target: 'es2020', legalComments: 'none', tsconfigRaw: {}, logLevel: 'warning' }

await build({
  ...shared,
  format: 'iife',
  outdir: served,
  entryPoints: [
    { in: 'src/script.ts', out: 'footfall' },
    ...pieces.map((piece) => ({ in: `src/pieces/${piece}.ts`, out: `footfall.${piece}` })),
  ],
})
await build({ ...shared, minify: false, format: 'esm', outfile: 'dist/module.js', entryPoints: ['src/module.ts'] })

mkdirSync('dist/packed', { recursive: true })
for (const file of readdirSync(served)) {
  const text = readFileSync(`${served}/${file}`)
  const gzip = gzipSync(text, { level: 9 })
  const brotli = brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: text.length } })
  writeFileSync(`dist/packed/${file}.gz`, gzip)
  writeFileSync(`dist/packed/${file}.br`, brotli)
  console.log(`${file}: ${text.length} bytes, ${gzip.length} gzip, ${brotli.length} br`)
  if (file === 'footfall.js' && gzip.length > coreMost) {
    console.error(`footfall.js is ${gzip.length} bytes of gzip; at most ${coreMost} are promised. Move a part of it into a piece.`)
    process.exit(1)
  }
}
