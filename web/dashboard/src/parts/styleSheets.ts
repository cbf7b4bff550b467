import { useInsertionEffect } from 'react'

/**
 * Stands in for the package react-style-singleton. That one adds style elements, which the content security policy refuses; constructed
 * sheets are scripts' own and need no exception.
 */
export function styleHookSingleton() {
  return (styles: string) => {
    useInsertionEffect(() => {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(styles)
      document.adoptedStyleSheets.push(sheet)
      return () => {
        document.adoptedStyleSheets = document.adoptedStyleSheets.filter(other => other !== sheet)
      }
    }, [styles])
  }
}

export function styleSingleton() {
  const useStyle = styleHookSingleton()
  return function Styles({ styles }: { styles: string; dynamic?: boolean }) {
    useStyle(styles)
    return null
  }
}
