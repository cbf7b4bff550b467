import { useState } from 'react'
import type { SiteDocument } from '../api/sites'
import { currencyOptions, zoneOptions } from '../overview/choices'
import { Form, LinesField, problemOf, SelectField } from '../parts/Form'
import { Section } from '../parts/Section'
import { useSiteChange } from './useSiteChange'

export function GeneralTab({ site }: { site: SiteDocument }) {
  const [domains, setDomains] = useState(site.domains)
  const [zone, setZone] = useState(site.time_zone)
  const [currency, setCurrency] = useState(site.currency)
  const save = useSiteChange(site)
  return (
    <Section title="The site">
      <Form
        submit="Save"
        busy={save.isPending}
        error={save.error}
        fields={['domains', 'time_zone', 'currency']}
        done={save.isSuccess ? 'Saved.' : null}
        onSubmit={() => save.mutate({ domains, time_zone: zone, currency })}
      >
        <LinesField
          label="Domains"
          lines={domains}
          onLines={setDomains}
          hint="One a line. The first is the site's name; what lies below a domain belongs to it. Links between them are not referrals."
          problem={problemOf(save.error, 'domains')}
        />
        <SelectField
          label="Time zone"
          value={zone}
          onPick={setZone}
          options={zoneOptions(zone)}
          hint="Days begin at its midnight. A change holds for all reports at once, those of the past included."
          problem={problemOf(save.error, 'time_zone')}
        />
        <SelectField
          label="Currency"
          value={currency}
          onPick={setCurrency}
          options={currencyOptions(currency)}
          hint="Purchases in other currencies are converted on arrival; what has arrived stays as it was counted."
          problem={problemOf(save.error, 'currency')}
        />
      </Form>
    </Section>
  )
}
