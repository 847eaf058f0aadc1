import fc from 'fast-check';
import type { Model, Success } from '../src/attribution-model.ts';
import { allocate, creditDeal } from '../src/attribution-model.ts';

const example: Success[] = [
  { programId: 'A', at: new Date('2026-03-01T09:00:00Z') },
  { programId: 'B', at: new Date('2026-03-06T09:00:00Z') },
  { programId: 'C', at: new Date('2026-03-15T09:00:00Z') },
  { programId: 'D', at: new Date('2026-03-25T09:00:00Z') },
  { programId: 'E', at: new Date('2026-04-10T09:00:00Z') },
];
const deal = { amount: 1_200_000, closesOn: new Date('2026-04-20') };

test.each<[Model, number[]]>([
  ['FIRST_TOUCH', [1_200_000, 0, 0, 0, 0]],
  ['LAST_TOUCH', [0, 0, 0, 0, 1_200_000]],
  ['LINEAR', [240_000, 240_000, 240_000, 240_000, 240_000]],
])('%s splits a deal of 12,000.00 over five touches', (model, parts) => {
  const credit = creditDeal(model, deal, example.toReversed());

  expect(['A', 'B', 'C', 'D', 'E'].map((programId) => credit.get(programId))).toEqual(parts);
});

const success = fc.record({
  programId: fc.integer({ min: 1000, max: 1010 }).map(String),
  at: fc.integer({ min: 0, max: 400 }).map((day) => new Date(Date.parse('2026-01-01') + day * 43_200_000)),
});
const anyModel = fc.constantFrom<Model>('FIRST_TOUCH', 'LAST_TOUCH', 'LINEAR');

test('the parts always sum to the amount, in whole cents, whatever the order of the touches', () => {
  fc.assert(
    fc.property(
      anyModel,
      fc.integer({ min: -1e12, max: 1e12 }),
      fc.array(success, { minLength: 1 }),
      (model, amount, touches) => {
        const closesOn = new Date('2026-12-31');
        const credit = creditDeal(model, { amount, closesOn }, touches);
        const reversed = creditDeal(model, { amount, closesOn }, touches.toReversed());

        expect([...credit.values()].reduce((sum, part) => sum + part, 0)).toBe(amount);
        expect([...credit.values()].every(Number.isInteger)).toBe(true);
        expect(reversed).toEqual(credit);
      },
    ),
  );
});

test('even parts differ by at most one cent', () => {
  fc.assert(
    fc.property(fc.nat(1e9), fc.integer({ min: 1, max: 60 }), (amount, count) => {
      const parts = allocate(
        amount,
        Array.from({ length: count }, () => 1),
      );
      expect(Math.max(...parts) - Math.min(...parts)).toBeLessThanOrEqual(1);
    }),
    { numRuns: 10_000 },
  );
});

test('a success on the day of the close counts, one on the day after does not', () => {
  const late = [
    { programId: 'same day', at: new Date('2026-04-20T23:59:59Z') },
    { programId: 'day after', at: new Date('2026-04-21T00:00:00Z') },
  ];

  expect(creditDeal('LINEAR', deal, late)).toEqual(new Map([['same day', 1_200_000]]));
  expect(creditDeal('LINEAR', deal, late.slice(1)).size).toBe(0);
});
