/** What goes wrong at a vendor, as its sandbox does it, and how every read of every source has to tell it. */
export const vendorFailures = [
  ['a refused connection', { outage: 'refuse' }, 'unavailable'],
  ['503', { outage: '503' }, 'unavailable'],
  ['a connection that breaks in the middle', { outage: 'cut' }, 'unavailable'],
  ['an answer that is lost', { outage: 'lose' }, 'unavailable'],
  ['half an answer', { outage: 'malformed' }, 'malformed'],
  ['an answer without end', { outage: 'flood' }, 'malformed'],
  [
    'a page for people',
    { answer: { headers: { 'content-type': 'text/html' }, body: '<html>Soon back</html>' } },
    'malformed',
  ],
  ['an empty answer', { answer: {} }, 'malformed'],
  ['JSON of another shape', { answer: { headers: { 'content-type': 'application/json' }, body: '[1]' } }, 'malformed'],
  [
    'a bomb',
    { answer: { headers: { 'content-type': 'application/json' }, body: '0', times: 11_000_000, gzip: true } },
    'malformed',
  ],
  ['silence', { outage: 'hang' }, 'timeout'],
  ['a byte a second', { outage: 'drip' }, 'timeout'],
  ['throttling', { throttle: true }, 'busy'],
] as const;
