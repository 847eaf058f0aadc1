import { renderToStaticMarkup } from 'react-dom/server';
import { Banner } from '../src/app/banner.tsx';
import { ClosedNotice } from '../src/app/closed-notice.tsx';
import { ReadingLine } from '../src/components/freshness-line.tsx';
import { CustomerHead } from '../src/features/customer/customer-head.tsx';
import { HealthCard } from '../src/features/dashboard/health-card.tsx';
import { columnStates } from '../src/features/deals/column-state.ts';
import { ColumnsMenu } from '../src/features/deals/columns-menu.tsx';
import type { DealRow } from '../src/features/deals/deal-row.ts';
import { readFailures } from '../src/lib/failures.ts';
import type { Reading } from '../src/lib/reading.ts';

const secondsAgo = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();
const reading = (patch: Partial<Reading>): Reading => ({
  source: 'NETSUITE',
  origin: 'CACHE',
  asOf: secondsAgo(14.5),
  stale: false,
  warning: null,
  ...patch,
});
const words = (markup: string) => markup.replaceAll(/<[^>]*>/g, '');
const nothing = () => undefined;

describe('ReadingLine', () => {
  const line = (one: Reading | null, failed = false) =>
    words(renderToStaticMarkup(<ReadingLine system="NETSUITE" reading={one} failed={failed} />));
  const away = { origin: 'STALE_CACHE', stale: true, warning: 'NetSuite is temporarily unavailable.' };

  test.each([
    ['live · 3 s', reading({ origin: 'LIVE', asOf: secondsAgo(3.5) })],
    ['14 s', reading({ origin: 'LIVE' })],
    ['14 s', reading({})],
    ['3 s', reading({ asOf: secondsAgo(3.5) })],
    ['42 s · refreshing', reading({ ...away, warning: 'It is being refreshed.', asOf: secondsAgo(42.5) })],
    ['cached · 15 min', reading({ ...away, asOf: secondsAgo(901) })],
  ])('%s', (text, one) => {
    expect(line(one)).toBe(`NSNetSuite${text}`);
  });

  test('a failure is told whatever else is known', () => {
    expect(line(null, true)).toBe('NSNetSuiteunavailable');
    expect(line(reading({}), true)).toBe('NSNetSuiteunavailable');
  });

  test('the state has a shape, not only a colour, and the reason as its title', () => {
    const markup = renderToStaticMarkup(<ReadingLine system="NETSUITE" reading={reading(away)} />);
    expect(markup).toContain('class="icon"');
    expect(markup).toContain('title="NetSuite is temporarily unavailable."');
  });
});

describe('Banner', () => {
  const text = {
    scope: 'Financial data is cached',
    asOf: secondsAgo(901),
    tail: '.',
    sentence: 'NetSuite is temporarily unavailable.',
  };
  const banner = (shown: typeof text | null) =>
    renderToStaticMarkup(<Banner text={shown} busy={false} onRetry={nothing} />);

  test('is a status message, word for word, with Retry outside of it', () => {
    const [, status, rest] = /role="status">(.*)<\/div>(<button.*)$/.exec(banner(text)) ?? [];
    expect(words(status ?? '')).toBe('Financial data is cached (15 min old). NetSuite is temporarily unavailable.');
    expect(words(rest ?? '')).toBe('Retry');
  });

  test('its age is read out once, not each time that it changes', () => {
    expect(banner(text)).toContain('<span aria-live="off"> (15 min old)</span>');
  });

  test('keeps its place when there is nothing to say', () => {
    expect(banner(null)).toBe('<div class="strip"><div class="banner-text" role="status"></div></div>');
  });
});

test('the reason why a row does not open is a status message that is there from the start', () => {
  const notice = (shown: boolean) => renderToStaticMarkup(<ClosedNotice shown={shown} onDismiss={nothing} />);
  expect(notice(false)).toContain('<div role="status"></div>');
  expect(words(notice(true))).toBe('Customer details need Salesforce, which is temporarily unavailable');
  expect(notice(true)).toContain('aria-label="Dismiss"');
});

describe('CustomerHead', () => {
  const head = (readings: Reading[]) =>
    words(
      renderToStaticMarkup(
        <CustomerHead
          titleId="title"
          customer={null}
          knownName="Acme"
          state={{ failures: [], waiting: false, busy: false, ask: nothing, readings }}
          onClose={nothing}
        />,
      ),
    );

  test('warns when anything in the panel is stale', () => {
    expect(head([reading({}), reading({ origin: 'STALE_CACHE', stale: true })])).toContain(
      'Some information may be outdated',
    );
  });

  test('does not warn while everything is fresh', () => {
    expect(head([reading({})])).not.toContain('outdated');
  });
});

describe('columns while Marketo is away', () => {
  const failures = readFailures([
    {
      message: 'Marketo is temporarily unavailable. Try again in a moment.',
      path: ['getActivePipeline', 0, 'lastMarketingTouch'],
      extensions: { code: 'UPSTREAM_UNAVAILABLE', source: 'MARKETO' },
    },
  ]);
  const rows = [{ accountId: '001A', touch: null } as DealRow];
  const known = [{ accountId: '001A', touch: { at: secondsAgo(9), kind: 'LINK_CLICK', description: null } } as DealRow];
  const hidden = (states: ReturnType<typeof columnStates>) =>
    states.filter((state) => state.hidden).map(({ column }) => column.title);

  test('the column leaves when nothing of it is known, and returns', () => {
    expect(hidden(columnStates(failures, rows))).toEqual(['Last marketing touch']);
    expect(hidden(columnStates(failures, known))).toEqual([]);
    expect(hidden(columnStates([], rows))).toEqual([]);
  });

  test('a column is lost when nothing of it came, whatever deals without an account say', () => {
    const away = readFailures([
      {
        message: 'NetSuite is temporarily unavailable.',
        path: ['getActivePipeline', 0, 'paymentStatus'],
        extensions: { code: 'UPSTREAM_UNAVAILABLE', source: 'NETSUITE' },
      },
    ]);
    const noAccount = { accountId: null, payment: 'NO_INVOICES', touch: null } as DealRow;
    const lost = (some: Partial<DealRow>[]) =>
      columnStates(away, some as DealRow[])
        .filter((state) => state.lost)
        .map(({ column }) => column.title);
    expect(lost([noAccount, { accountId: '001A', payment: null }])).toEqual(['Payment']);
    expect(lost([noAccount, { accountId: '001A', payment: null }, { accountId: '001B', payment: 'PAID' }])).toEqual([]);
  });

  test('the menu says which column is hidden, and why', () => {
    const menu = words(renderToStaticMarkup(<ColumnsMenu states={columnStates(failures, rows)} />));
    expect(menu).toMatch(/^Columns · 1 hidden/);
    expect(menu).toContain(
      'Last marketing touchMKMarketoHidden, comes back by itself. Marketo is temporarily unavailable.',
    );
    expect(words(renderToStaticMarkup(<ColumnsMenu states={columnStates([], rows)} />))).toMatch(/^ColumnsAccount/);
  });
});

test('customer health reads N/A, and names no system', () => {
  const card = renderToStaticMarkup(<HealthCard />);
  expect(words(card)).toMatch(/^Customer healthNPS N\/A/);
  expect(card).not.toMatch(/NetSuite|Salesforce|Marketo/);
});
