import { footfall, onLink, short } from '../page'

const files =
  /\.(7z|apk|avi|bz2|csv|deb|dmg|docx?|epub|exe|gz|iso|jar|key|mid|midi|mkv|mov|mp[34]|mpe?g|msi|numbers|od[pst]|pages|pdf|pkg|pptx?|rar|rpm|rtf|svg|tar|tgz|tsv|txt|wav|wmv|xlsx?|xz|zip|zst)$/i

// Links to files, by what their names end in, and links that say they are downloads.
onLink((link) => {
  const name = link.pathname.slice(link.pathname.lastIndexOf('/') + 1)
  if (files.test(name) || link.hasAttribute('download'))
    footfall('download', { props: { url: short(link.href), file: short(link.download || name), extension: files.exec(name)?.[1]?.toLowerCase() } })
})
