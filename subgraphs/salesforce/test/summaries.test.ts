import { summariseStages } from '../src/stages.ts';

const group = (stage: string, probability: number | null, deals: number, total: number | null) => ({
  stage,
  probability,
  deals,
  total,
});

test('stages come in sales order, sums are exact, halves of a cent go to even', () => {
  const records = [
    group('Own stage', 95, 1, null),
    group('Negotiation/Review', 90, 1, 0.3),
    group('Prospecting', 10, 3, 0.1),
    group('Prospecting', 50, 1, 0.25),
    group('Value Proposition', 50, 1, 0.05),
  ];

  expect(summariseStages({ totalSize: 5, records })).toEqual([
    { stage: 'Prospecting', dealCount: 4, total: '0.35', weighted: '0.14' },
    { stage: 'Value Proposition', dealCount: 1, total: '0.05', weighted: '0.02' },
    { stage: 'Negotiation/Review', dealCount: 1, total: '0.3', weighted: '0.27' },
    { stage: 'Own stage', dealCount: 1, total: '0', weighted: '0' },
  ]);
});

test('a group that came twice counts once; one that is missing makes the totals unusable', () => {
  const one = group('Prospecting', 10, 3, 1);

  expect(summariseStages({ totalSize: 1, records: [one, one] })).toHaveLength(1);
  expect(() => summariseStages({ totalSize: 2, records: [one, one] })).toThrow('1 of 2 groups');
});
