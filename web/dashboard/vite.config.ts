import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url))

// FOOTFALL_SERVER is the server that `npm run dev` shows; FOOTFALL_KEY signs in with an API key in place of a person.
const server = process.env.FOOTFALL_SERVER ?? 'http://127.0.0.1:8080'
const key = process.env.FOOTFALL_KEY

export default defineConfig({
  plugins: [react()],
  // The package adds style elements, which the content security policy refuses; ours adds constructed sheets, which it does not concern.
  resolve: { alias: { 'react-style-singleton': path('src/parts/styleSheets.ts') } },
  build: {
    outDir: path('../../artifacts/dashboard/dist'),
    emptyOutDir: true,
    manifest: 'manifest.json',
    modulePreload: { polyfill: false },
    // Data addresses are no hashed assets, and the policy does not let fonts come from them.
    assetsInlineLimit: 0,
  },
  test: { include: ['src/**/*.test.ts'], environment: 'node', setupFiles: ['build/reader.ts'] },
  server: { proxy: { '/api': { target: server, ...(key ? { headers: { authorization: `Bearer ${key}` } } : {}) } } },
})
