import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '@customer360/testing/eventually';
import { pino } from 'pino';
import { createGate } from '../src/redis/gate.ts';

/** A gate in front of something that works or not, as the test says. */
function given() {
  const lines: { msg: string; use: string }[] = [];
  const state = { works: true, recoveries: 0, lines };
  const logger = pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const gate = createGate({
    name: 'test',
    logger,
    recover: async () => {
      state.recoveries++;
      if (!state.works) throw new Error('away');
    },
  });
  const ask = (answer: Promise<string>) => gate.pass(() => answer, 'otherwise');
  return { state, gate, ask, [Symbol.dispose]: gate.close };
}

const refused = (message: string) => Promise.reject(Object.assign(new Error(message), { name: 'ReplyError' }));

test('it is shut until it has recovered, then lets answers through', async () => {
  using gate = given();
  expect(await gate.ask(Promise.resolve('answer'))).toBe('otherwise');
  await eventually(gate.gate.isOpen);
  expect(await gate.ask(Promise.resolve('answer'))).toBe('answer');
});

test('one command that is refused shuts nothing; an error of the whole does', async () => {
  using gate = given();
  await eventually(gate.gate.isOpen);
  expect(await gate.ask(refused('OOM command not allowed'))).toBe('otherwise');
  expect(await gate.ask(refused('CROSSSLOT Keys in request'))).toBe('otherwise');
  expect(gate.gate.isOpen()).toBe(true);
  expect(await gate.ask(refused('CLUSTERDOWN The cluster is down'))).toBe('otherwise');
  expect(gate.gate.isOpen()).toBe(false);
});

test('nobody waits longer than 100 ms', async () => {
  using gate = given();
  await eventually(gate.gate.isOpen);
  const from = performance.now();
  expect(await gate.ask(new Promise(() => undefined))).toBe('otherwise');
  expect(performance.now() - from).toBeLessThan(200);
  expect(gate.gate.isOpen()).toBe(false);
});

test('the log says once that it is away and once that it is back, however often it was tried', async () => {
  using gate = given();
  const { state } = gate;
  await eventually(gate.gate.isOpen);
  state.works = false;
  await gate.ask(Promise.reject(new Error('Connection is closed.')));
  await sleep(400);
  expect(state.recoveries).toBeGreaterThan(2);
  state.works = true;
  await eventually(gate.gate.isOpen);
  expect(state.lines.map(({ msg, use }) => [use, msg])).toEqual([
    ['test', 'Redis is away; the product works without it'],
    ['test', 'Redis is back'],
  ]);
});

test('a failure now and then is not worth a word', async () => {
  using gate = given();
  await eventually(gate.gate.isOpen);
  await gate.ask(Promise.reject(new Error('Connection is closed.')));
  await eventually(gate.gate.isOpen);
  expect(gate.state.lines).toEqual([]);
});

test('a closed one tries nothing more', async () => {
  const { gate, state } = given();
  await eventually(gate.isOpen);
  gate.shut();
  gate.close();
  const before = state.recoveries;
  await sleep(150);
  expect(state.recoveries).toBe(before);
  expect(gate.isOpen()).toBe(false);
});
