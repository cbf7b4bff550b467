import { footfall, short } from '../page'

// Forms that are sent; what was written into them is not looked at.
addEventListener(
  'submit',
  (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement)) return
    const goesTo = new URL(form.getAttribute('action') || location.href, location.href)
    footfall('form_submit', { props: { form: short(form.id || form.getAttribute('name') || '(unnamed)'), action: short(goesTo.pathname) } })
  },
  true,
)
