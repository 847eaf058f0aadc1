import { createKnownBodies } from '../src/http/known-bodies.ts';
import type { GraphqlRequest } from '../src/http/read-request.ts';

const requestOf = (text: string): GraphqlRequest => ({ query: text, variables: {} });

test('a body is read once for the same text, and again for any other', () => {
  const known = createKnownBodies();
  const read: string[] = [];
  const get = (text: string) =>
    known.get(text, (asked) => {
      read.push(asked);
      return requestOf(asked);
    });
  expect(get('{ a }')).toEqual(requestOf('{ a }'));
  expect(get(`{ ${'a'} }`)).toBe(get('{ a }'));
  expect(get('{ a  }').query).toBe('{ a  }');
  expect(get('{ b }').query).toBe('{ b }');
  expect(read).toEqual(['{ a }', '{ a  }', '{ b }']);
});

test('what was refused is looked at again, and a very long body is not remembered', () => {
  const known = createKnownBodies();
  let reads = 0;
  const refuse = () => {
    reads += 1;
    throw new Error('no');
  };
  expect(() => known.get('bad', refuse)).toThrow('no');
  expect(() => known.get('bad', refuse)).toThrow('no');
  expect(reads).toBe(2);
  const long = 'x'.repeat(64 * 1024 + 1);
  expect(known.get(long, requestOf)).not.toBe(known.get(long, requestOf));
});

test('the requests that are remembered have a bound', () => {
  const known = createKnownBodies();
  const first = known.get('first', requestOf);
  for (let index = 0; index < 100; index += 1) known.get(`${index}${'x'.repeat(60_000)}`, requestOf);
  expect(known.get('first', requestOf)).not.toBe(first);
});
