import fc from 'fast-check';
import { printKey } from '../src/operation-cache/operation-cache.ts';
import type { Tried } from './operation-cache-model.ts';
import { faultOf, histories, honest } from './operation-cache-model.ts';

const seed = Number(process.env.FC_SEED ?? 20_261_123);
const numRuns = 5000;

test('no history of requests and writes gives anybody what is not theirs, not fresh, or dropped', () => {
  fc.assert(
    fc.property(histories, (history) => {
      expect(faultOf(history, honest)).toBeUndefined();
    }),
    { seed, numRuns },
  );
});

const mutants: Record<string, Partial<Tried>> = {
  'no scope in the key': { print: (key) => printKey({ ...key, scopes: [] }) },
  'only the first scope in the key': { print: (key) => printKey({ ...key, scopes: key.scopes.slice(0, 1) }) },
  'no schema version in the key': { print: (key) => printKey({ ...key, graphId: '' }) },
  'no variables in the key': { print: (key) => printKey({ ...key, variables: {} }) },
  'no operation name in the key': { print: (key) => printKey({ ...key, operationName: undefined }) },
  'drops are not heard': { deaf: true },
  'what was begun before a drop is kept': { change: (answer) => ({ ...answer, beganAt: answer.heard.since ?? 0 }) },
  'what is begun right after a drop is kept': { change: (answer) => ({ ...answer, beganAt: answer.beganAt + 1000 }) },
  'kept for longer than it is fresh': {
    change: (answer) => ({ ...answer, heard: { ...answer.heard, freshForMs: answer.heard.freshForMs + 1000 } }),
  },
  'ages stand still': { change: (answer) => ({ ...answer, places: [] }) },
  'ages begin anew': {
    change: (answer) => {
      (answer.answer.data as { f: { ageSeconds: number } }).f.ageSeconds = 0;
      return answer;
    },
  },
};

test.each(Object.entries(mutants))('the histories find a cache with this fault: %s', (_, mutant) => {
  const { failed } = fc.check(
    fc.property(histories, (history) => faultOf(history, { ...honest, ...mutant }) === undefined),
    { seed, numRuns, endOnFailure: true },
  );
  expect(failed).toBe(true);
});
