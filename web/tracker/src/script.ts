import { install, whenShown } from './core'
import type { Send } from './fields'

// The script tag: its attributes are the options, its address says where the server is.
const tag = document.currentScript as HTMLScriptElement
const target = window as unknown as { footfall?: Send & { q?: Parameters<Send>[] } }

whenShown(() => {
  const early = target.footfall?.q
  const options = tag.dataset
  const send = (target.footfall = install({ ...options, api: options.api || new URL('../api/v1/events', tag.src).href }))
  early?.map((event) => send(...event))
  options.with?.split(' ').map((piece) => {
    const script = document.createElement('script')
      script.src = new URL(`footfall.${piece}.js`, tag.src).href
      script.nonce = tag.nonce
      document.head.append(script)
    })
})
