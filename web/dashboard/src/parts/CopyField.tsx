import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { Button } from './Button'

/** A text to be copied whole. */
export function CopyField({ label, text, block = false }: { label: string; text: string; block?: boolean }) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
    setTimeout(() => setCopied(false), 2000)
  }
  return (
    <div className={block ? 'copy-field block' : 'copy-field'}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard. */}
      <code aria-label={label} role="textbox" aria-readonly tabIndex={0}>
        {text}
      </code>
      <Button onClick={copy} aria-label={`Copy ${label}`}>
        {copied ? <Check size={15} aria-hidden /> : <Copy size={15} aria-hidden />}
        <span aria-live="polite">{copied ? 'Copied' : 'Copy'}</span>
      </Button>
    </div>
  )
}
