import { buildAttribution } from '../src/attribution-build.ts';
import type { Question } from '../src/query.ts';
import type { Body } from '../src/records.ts';

const success = { reachedSuccess: true, reachedSuccessDate: '2026-03-01T09:00:00Z', acquiredBy: true };

/** A Marketo with two programs and one won deal of three people's successes; `scramble` is what becomes of its lists. */
function marketo(options: { amount?: unknown; cost?: unknown; scramble?: (rows: unknown[]) => unknown[] } = {}) {
  const { amount = 100, cost = 70, scramble = (rows: unknown[]) => rows } = options;
  const programs = [1, 2].map((id) => ({ id, name: `Program ${id}`, status: 'on' }));
  const results: [RegExp, unknown[]][] = [
    [/asset.v1.programs/, programs],
    [/asset.v1.program.1/, [{ ...programs[0], costs: [{ cost }, { cost }] }]],
    [/asset.v1.program.2/, [{ ...programs[1], costs: null }]],
    [/programs.1.members/, [1, 2].map((leadId) => ({ leadId, ...success }))],
    [/programs.2.members/, [{ leadId: 2, ...success }]],
    [/roles/, [1, 2].map((leadId) => ({ leadId, externalOpportunityId: 'deal' }))],
    [/opportunities.json/, [{ externalOpportunityId: 'deal', amount, isWon: true, closeDate: '2026-03-02T00:00:00Z' }]],
  ];
  return async ({ path }: Question): Promise<Body> => ({
    success: true,
    result: scramble(results.find(([pattern]) => pattern.test(path))?.[1] ?? []),
  });
}

const build = async (options: Parameters<typeof marketo>[0], currency = 'USD') => {
  const { figures } = await buildAttribution(marketo(options), { model: 'LINEAR', currency });
  return figures.map(([, { spend, attributedRevenue }]) => [spend.amount, attributedRevenue.amount]);
};

test.each([
  ['USD', ['66.67', '33.33']],
  ['JPY', ['67.00', '33.00']],
  ['KWD', ['66.667', '33.333']],
])('a deal is split in the smallest units of %s', async (currency, expected) => {
  expect((await build({}, currency)).map(([, revenue]) => revenue)).toEqual(expected);
});

test('rows that come twice count once', async () => {
  const doubled = await build({ scramble: (rows) => rows.flatMap((row) => [row, row]) });
  expect(doubled).toEqual(await build({}));
  expect(doubled[0]).toEqual(['140.00', '66.67']);
});

test('a cost that is no number is a malformed answer, not a crash or a sum', async () => {
  await expect(build({ cost: 'seventy' })).rejects.toMatchObject({ name: 'UpstreamError', fault: 'malformed' });
  expect((await build({ cost: '70.50' }))[0]?.[0]).toBe('141.00');
});

test('a program that is missing from its own answer has no known costs', async () => {
  const lost = (rows: unknown[]) => (rows.length === 1 ? [] : rows);
  await expect(build({ scramble: lost })).rejects.toMatchObject({ fault: 'malformed' });
});
