import { useState } from 'react'
import { type SharedLink, useCollection } from '../api/people'
import type { Filter } from '../api/reports'
import type { SiteDocument } from '../api/sites'
import { Confirm } from '../parts/Confirm'
import { CopyField } from '../parts/CopyField'
import { ErrorNote } from '../parts/ErrorNote'
import { Form, problemOf, TextField } from '../parts/Form'
import { Items } from '../parts/Items'
import { Section } from '../parts/Section'
import { describeFilter } from '../site/filters/describe'
import { FilterBar } from '../site/filters/FilterBar'
import { type SiteScope, SiteScopeProvider } from '../site/SiteScope'

/** What the editor of filters needs to know of the site, to offer its values. */
const scopeOf = (site: SiteDocument): SiteScope => ({
  site: String(site.id),
  name: site.domains[0] ?? '',
  timeZone: site.time_zone,
  currency: site.currency,
  base: `/sites/${site.id}`,
  by: 'member',
  always: [],
  mayEdit: false,
  mayAdminister: false,
})

const absolute = (address: string) => new URL(address, location.origin).href

export function LinksTab({ site }: { site: SiteDocument }) {
  const links = useCollection<SharedLink>(`/sites/${site.id}/links`, 'links')
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [filters, setFilters] = useState<Filter[]>([])
  const { add, list, remove } = links
  const make = () =>
    add.mutate(
      { name, ...(password ? { password } : {}), ...(filters.length > 0 ? { filters } : {}) },
      {
        onSuccess: () => {
          setName('')
          setPassword('')
          setFilters([])
        },
      },
    )
  return (
    <>
      <Section
        title="Share the numbers"
        text="Whoever has the link sees the statistics of this site and nothing else. It can be taken back at any time."
      >
        <Form submit="Make the link" busy={add.isPending} error={add.error} fields={['name', 'password']} onSubmit={make}>
          <TextField
            label="Whom it is for"
            value={name}
            onText={setName}
            required
            placeholder="The agency"
            problem={problemOf(add.error, 'name')}
          />
          <TextField
            label="Password"
            type="password"
            value={password}
            onText={setPassword}
            autoComplete="new-password"
            hint="Leave it empty to let the link suffice."
            problem={problemOf(add.error, 'password')}
          />
          <div className="field">
            <span>Only a part of the numbers</span>
            <SiteScopeProvider value={scopeOf(site)}>
              <FilterBar filters={filters} onChange={setFilters} />
            </SiteScopeProvider>
            <p className="field-hint">Who has the link cannot take these filters off. Without one, it shows all.</p>
          </div>
        </Form>
      </Section>
      <Section title="Links">
        <Items what="links" list={list} none="Nothing is shared.">
          {link => (
            <li key={link.id} className="tall">
              <span className="item-text">
                <strong className="cut">{link.name}</strong>
                <span className="muted small">
                  {link.password ? 'with a password' : 'without a password'}
                  {link.filters && link.filters.length > 0 && ` · only ${link.filters.map(describeFilter).join(', ')}`}
                </span>
              </span>
              <Confirm
                label="Take back"
                title={`Take back the link ${link.name}`}
                text="Who opens it sees nothing any more."
                confirm="Take back"
                onConfirm={() => remove.mutate(link.id)}
              />
              <CopyField label={`the link ${link.name}`} text={absolute(link.address)} />
            </li>
          )}
        </Items>
        {remove.isError && <ErrorNote what="The link could not be taken back" error={remove.error} />}
      </Section>
    </>
  )
}
