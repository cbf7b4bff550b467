// Tests read what a person from America would read, whatever the machine's own language is.
Object.defineProperty(globalThis, 'navigator', { value: { languages: ['en-US'] }, configurable: true })
