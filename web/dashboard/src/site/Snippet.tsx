import { CopyField } from '../parts/CopyField'
import { useSiteScope } from './SiteScope'

export const snippetFor = (name: string) => `<script defer src="${location.origin}/js/footfall.js" data-site="${name}"></script>`

export function Snippet() {
  const { name } = useSiteScope()
  return <CopyField label="the snippet" text={snippetFor(name)} />
}
