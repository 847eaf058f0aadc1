import fc from 'fast-check';
import { mutants } from './cache-history/mutants.ts';
import { play } from './cache-history/play.ts';
import { histories } from './cache-history/steps.ts';

const many = 5000;

test(`in ${many} histories no promise is broken`, async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      expect(await play(history, () => ({}))).toEqual([]);
    }),
    { numRuns: many },
  );
}, 90_000);

test.each(mutants)(
  'a cache that %s is found out',
  async (_, breaks, mutate) => {
    let wrong: string[] = [];
    const property = fc.asyncProperty(histories, async (history) => {
      wrong = await play(history, mutate);
      return wrong.length === 0;
    });
    const { failed } = await fc.check(property, { numRuns: many, seed: 1, endOnFailure: true });
    expect(failed).toBe(true);
    expect(wrong.join('\n')).toContain(breaks);
  },
  90_000,
);
