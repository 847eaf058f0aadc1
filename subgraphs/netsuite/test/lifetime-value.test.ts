import { lifetimeValues } from '../src/soap/lifetime-value.ts';

const row = (id: string, customer: string, type: '_invoice' | '_creditMemo', total: string) => ({
  basic: {
    entity: [{ searchValue: { attributes: { internalId: customer } } }],
    internalId: [{ searchValue: { attributes: { internalId: id } } }],
    total: [{ searchValue: total }],
    type: [{ searchValue: type }],
  },
});

test('credit memos lower the value whichever sign they have', () => {
  const rows = [
    row('1', '42', '_invoice', '100.10'),
    row('2', '42', '_creditMemo', '30.0'),
    row('3', '42', '_creditMemo', '-0.05'),
    row('4', '43', '_invoice', '0.1'),
    row('5', '43', '_invoice', '0.2'),
  ];
  expect(lifetimeValues(rows)).toEqual(
    new Map([
      ['42', '70.05'],
      ['43', '0.3'],
    ]),
  );
});
