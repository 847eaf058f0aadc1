import { setTimeout as sleep } from 'node:timers/promises';
import type { Limiter, LimiterOptions, Limits } from '../src/limiter/limiter.ts';

/** Another copy of a service that shares the limits of an account. */
export type Another = (limits: Limits, options?: Partial<LimiterOptions>) => Limiter;

const patient = { patienceMs: 5000 };
const day = (id: string) => () => ({ id, endsAt: new Date(Date.now() + 3_600_000) });
const busy = { fault: 'busy', system: 'MARKETO' };

/** What every limiter does, however it counts. `fresh` names an account that nobody has used. */
export function describeLimiter(name: string, fresh: () => Promise<Another>) {
  describe(name, () => {
    test('a call beyond the window waits for its place, and fails as busy when that takes too long', async () => {
      const limiter = (await fresh())({ window: { calls: 2, windowMs: 300 } });
      const began = performance.now();
      (await limiter.enter({})).release();
      (await limiter.enter({})).release();
      await expect(limiter.enter({ patienceMs: 100 })).rejects.toMatchObject(busy);
      expect(performance.now() - began).toBeLessThan(100);
      (await limiter.enter(patient)).release();

      expect(performance.now() - began).toBeGreaterThanOrEqual(295);
    });

    test('a call lies in the window from its end on, as it may have reached the vendor only then', async () => {
      const limiter = (await fresh())({ window: { calls: 1, windowMs: 200 } });
      const permit = await limiter.enter({});
      await sleep(150);
      permit.release();
      await sleep(100);
      await expect(limiter.enter({})).rejects.toMatchObject(busy);
    });

    test('no more run at once than allowed, and the next begins when one ends', async () => {
      const limiter = (await fresh())({ concurrent: 2 });
      let running = 0;
      let most = 0;
      await Promise.all(
        Array.from({ length: 8 }, async () => {
          const permit = await limiter.enter(patient);
          running += 1;
          most = Math.max(most, running);
          await sleep(15);
          running -= 1;
          permit.release();
        }),
      );

      expect(most).toBe(2);
      const [one, two] = [await limiter.enter({}), await limiter.enter({})];
      await expect(limiter.enter({})).rejects.toMatchObject(busy);
      one.release();
      one.release();
      (await limiter.enter(patient)).release();
      two.release();
    });

    test('a place that is never given back is free again after its time', async () => {
      const limiter = (await fresh())({ concurrent: 1 }, { leaseMs: 150 });
      await limiter.enter({});
      await expect(limiter.enter({})).rejects.toMatchObject(busy);
      await expect(limiter.enter(patient)).resolves.toBeDefined();
    });

    test('the quota of a period is refused until the next one, and told', async () => {
      const another = await fresh();
      let today = 'monday';
      const limits = { quota: { calls: 3, periodOf: () => day(today)() } };
      const limiter = another(limits);
      for (let call = 0; call < 3; call += 1) (await limiter.enter({})).release();

      const refused = limiter.enter(patient);
      await expect(refused).rejects.toMatchObject(busy);
      await expect(refused).rejects.toMatchObject({ retryAfterMs: expect.any(Number) });
      expect(limiter.quota()).toMatchObject({ used: 3, limit: 3, left: 0 });
      today = 'tuesday';
      (await limiter.enter({})).release();
      expect(limiter.quota()).toMatchObject({ used: 1, left: 2 });
    });

    test('what the vendor says of its count is believed', async () => {
      const limiter = (await fresh())({ quota: { periodOf: day('monday') } });
      expect(limiter.quota()).toBeNull();
      (await limiter.enter({})).release();
      limiter.observe({ used: 99, limit: 100 });
      await sleep(20);
      (await limiter.enter({})).release();
      await expect(limiter.enter({})).rejects.toMatchObject(busy);
      expect(limiter.quota()).toMatchObject({ used: 100, limit: 100, left: 0 });
    });

    test('background work leaves a third of the window and of the places to people', async () => {
      const limiter = (await fresh())({ window: { calls: 9, windowMs: 60_000 }, concurrent: 6 });
      const later = { background: true, patienceMs: 0 };
      const held = [];
      for (let call = 0; call < 4; call += 1) held.push(await limiter.enter(later));
      await expect(limiter.enter(later)).rejects.toMatchObject(busy);
      for (let call = 0; call < 2; call += 1) held.push(await limiter.enter({}));
      for (const permit of held) permit.release();
      await sleep(20);

      await expect(limiter.enter(later)).rejects.toMatchObject(busy);
      for (let call = 0; call < 3; call += 1) (await limiter.enter({})).release();
      await expect(limiter.enter({})).rejects.toMatchObject(busy);
    });

    test('at four fifths of the day background work pauses, until its caller gives up', async () => {
      const limiter = (await fresh())({ quota: { calls: 10, periodOf: day('monday') } });
      for (let call = 0; call < 8; call += 1) (await limiter.enter({ background: true })).release();
      const giveUp = AbortSignal.timeout(80);

      await expect(limiter.enter({ background: true, signal: giveUp })).rejects.toThrow();
      (await limiter.enter({})).release();
      (await limiter.enter({})).release();
      await expect(limiter.enter({})).rejects.toMatchObject(busy);
    });

    test('who gives up while waiting takes no place', async () => {
      const limiter = (await fresh())({ concurrent: 1 });
      const permit = await limiter.enter({});
      const waiting = limiter.enter({ ...patient, signal: AbortSignal.timeout(50) });
      await expect(waiting).rejects.toThrow();
      permit.release();
      await expect(limiter.enter(patient)).resolves.toBeDefined();
    });
  });
}
