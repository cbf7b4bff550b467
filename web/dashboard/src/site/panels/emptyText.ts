/** What to do about a list that is empty. */
export function emptyText(dimension: string): string {
  switch (dimension) {
    case 'campaign':
    case 'content':
    case 'term':
      return 'No tagged links yet. Add ?utm_source=newsletter&utm_medium=email&utm_campaign=spring to the links you send out.'
    case 'event':
      return 'No events in this period. Send your own with footfall("sign_up", { plan: "pro" }).'
    case 'referrer':
      return 'No visits from other sites in this period.'
    case 'screen_class':
      return 'Screen sizes come with the tracker in the page; log files and images do not have them.'
    default:
      return 'Nothing in this period.'
  }
}
