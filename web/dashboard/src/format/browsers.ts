/** In this order, because most browsers also claim to be those below them. */
const browsers: [RegExp, string][] = [
  [/\bEdg/, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/Chrom|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]

const systems: [RegExp, string][] = [
  [/\bAndroid\b/, 'Android'],
  [/\biPhone\b/, 'an iPhone'],
  [/\biPad\b/, 'an iPad'],
  [/\bMac OS X\b/, 'a Mac'],
  [/\bWindows\b/, 'Windows'],
  [/\bLinux\b/, 'Linux'],
]

const first = (named: [RegExp, string][], agent: string) => named.find(([pattern]) => pattern.test(agent))?.[1]

/** What a person would call the browser of a user agent; what nobody would know by a name stays as it was sent. */
export function browserText(agent: string): string {
  const [browser, system] = [first(browsers, agent), first(systems, agent)]
  return browser && system ? `${browser} on ${system}` : (browser ?? agent)
}
