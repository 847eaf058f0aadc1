import fc from 'fast-check';
import { anyOf, createKeys, entityTag, sourceTag, tagsDroppedWith, typeTag } from '../src/cache/key.ts';

const kind = { source: 'NETSUITE', entityType: 'customer', fields: ['name', 'id'] } as const;

test('a key is {source}:{entityType}:{id}:{sha256 of the fields}', () => {
  const key = createKeys(kind)('0015000001');
  expect(key).toEqual({
    text: 'netsuite:customer:{0015000001}:a3ca5b032a648004366d088f7809cd88e548ad2b4260554cd6cb408b498499d0',
    tags: ['netsuite:customer:{0015000001}', 'netsuite:customer', 'netsuite'],
  });
  expect(createKeys({ ...kind, fields: ['id', 'name'] })('0015000001')).toEqual(key);
});

const long = 'x'.repeat(20_000);
const awkward = [
  ...[
    '',
    ' ',
    'a',
    'a:b',
    'a%3Ab',
    'a}:b',
    '{',
    '}',
    '{}',
    '%7B',
    '*',
    '\n',
    '\0',
    'ä',
    'a\u0308',
    '😀',
    '\ud83d',
    '\ude00',
  ],
  ...['\ufffd', '%ud83d', '\ud83d\ud83d', '1', '01', '1.0', long, `${long}y`, 'A'],
];

test('no two ids meet, nor an id and a separator', () => {
  const texts = awkward.map((id) => createKeys(kind)(id).text);
  expect(new Set(texts).size).toBe(awkward.length);
  for (const text of texts) expect(text).toMatch(/^netsuite:customer:\{[^{}:\s]*\}:[0-9a-f]{64}$/);
});

test('different ids, types and fields never meet', () => {
  const id = fc.oneof(fc.constantFrom(...awkward), fc.string({ unit: 'binary' }), fc.string());
  const place = fc.record({
    source: fc.constantFrom('NETSUITE' as const, 'MARKETO' as const),
    entityType: fc.constantFrom('customer', 'customerRecord'),
    fields: fc.uniqueArray(fc.constantFrom('a', 'b', 'a,b', '"', '["a"]'), { maxLength: 3 }),
    id,
  });
  fc.assert(
    fc.property(place, place, (one, other) => {
      const isSame =
        JSON.stringify([one.source, one.entityType, one.id, [...one.fields].sort()]) ===
        JSON.stringify([other.source, other.entityType, other.id, [...other.fields].sort()]);
      expect(createKeys(one)(one.id).text === createKeys(other)(other.id).text).toBe(isSame);
    }),
    { numRuns: 2000 },
  );
});

test('with an entity or a type, what is made from all of the type is dropped', () => {
  const customer = entityTag('NETSUITE', 'customer', 'a:b');
  const any = anyOf('NETSUITE', 'customer');
  expect(tagsDroppedWith([customer])).toEqual([customer, any]);
  expect(tagsDroppedWith([typeTag('NETSUITE', 'customer'), customer])).toEqual(['netsuite:customer', any, customer]);
  expect(tagsDroppedWith([sourceTag('NETSUITE'), any])).toEqual(['netsuite', any]);
});
