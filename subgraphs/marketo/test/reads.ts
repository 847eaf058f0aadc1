import { createThrowawayCache } from '@customer360/kit/cache/throwaway';
import { createReadLog } from '@customer360/kit/reads';
import { startMarketo } from '@customer360/sandbox/marketo/server';
import type { World } from '@customer360/sandbox/world/world';
import { openWorld } from '@customer360/sandbox/world/world';
import { buildAttribution } from '../src/attribution-build.ts';
import { createCachedReads } from '../src/cache.ts';
import type { MarketoClient } from '../src/client.ts';
import { createMarketoClient } from '../src/client.ts';
import { readConfig } from '../src/config.ts';
import type { MarketoSource } from '../src/source.ts';
import { createMarketoSource } from '../src/source.ts';

export const today = '2026-11-22';
const clock = () => new Date(`${today}T12:00:00Z`);

/** Records to ask for, all in one tick. */
export interface Ids {
  accounts: readonly string[];
  people: readonly string[];
  campaigns: readonly string[];
}

const noFigures = {
  current: () => null,
  get: () => Promise.reject(new Error('figures are read by themselves')),
  tag: 'marketo:attribution',
  close: () => undefined,
};

/** Each read as a request of its own. */
const asRequest =
  <Result>(read: (source: MarketoSource) => Promise<Result>) =>
  (client: MarketoClient) =>
    read(
      createMarketoSource(
        createCachedReads(client, createThrowawayCache('MARKETO')),
        createReadLog(Date.now),
        noFigures,
        clock,
      ),
    );

/** Every read of the interface. */
export const readsOf = ({ accounts, people, campaigns }: Ids) => ({
  peopleOf: asRequest((source) => Promise.all(accounts.map(source.peopleOf))),
  person: asRequest((source) => Promise.all(people.map(source.person))),
  campaigns: asRequest((source) => source.campaigns()),
  campaign: asRequest((source) => Promise.all(campaigns.map(source.campaign))),
  figures: async (client: MarketoClient) => {
    const { figures } = await buildAttribution(client.ask, { model: 'LINEAR', currency: 'USD' });
    return figures.map(([id, each]) => ({ id, ...each }));
  },
});
export type ReadName = keyof ReturnType<typeof readsOf>;
export const readNames = Object.keys(readsOf({ accounts: [], people: [], campaigns: [] })) as ReadName[];

const column = ({ db }: World, sql: string) =>
  db
    .prepare(sql)
    .all()
    .map(({ id }) => String(id));

export const idsIn = (world: World): Ids => ({
  accounts: column(world, 'SELECT id FROM sf_account ORDER BY id'),
  people: column(world, 'SELECT id FROM mk_lead ORDER BY id'),
  campaigns: column(world, 'SELECT id FROM mk_program ORDER BY id'),
});

/** A client that no number of failures makes leave Marketo alone. */
export const clientAt = (url: string, env: Record<string, string> = {}) => {
  const patient = { MARKETO_CALLS_PER_20_S: '100000', MARKETO_VOLUME_THRESHOLD: '1000' };
  return createMarketoClient(readConfig({ MARKETO_BASE_URL: url, ...patient, ...env }).marketo, { clock });
};

/** A sandbox that does not count calls: its limits have tests of their own. */
export const startUnlimited = (world: World) =>
  startMarketo({ host: '127.0.0.1', port: 0, world, limits: { perWindow: 100_000 } });

/** The sandbox in front of a few people, so that an answer about them is small enough to keep. */
export function smallVendor() {
  const world = openWorld({ seed: 5, size: 200, today });
  const [account] = column(
    world,
    `SELECT l.sf_account_id AS id FROM mk_lead l JOIN mk_role r ON r.lead_id = l.id
       JOIN mk_opportunity o ON o.external_id = r.external_opportunity_id AND o.is_won = 1
       JOIN mk_member m ON m.lead_id = l.id AND m.reached_success = 1 AND date(m.reached_success_at) < o.close_date
     WHERE l.sf_account_id IS NOT NULL AND l.last_program_id IS NOT NULL AND l.last_moment_date IS NOT NULL
     ORDER BY l.id LIMIT 1`,
  );
  world.db.exec(`PRAGMA foreign_keys = OFF;
    DELETE FROM mk_lead WHERE sf_account_id IS NULL OR sf_account_id <> '${account}';
    DELETE FROM mk_member WHERE lead_id NOT IN (SELECT id FROM mk_lead);
    DELETE FROM mk_program WHERE id NOT IN (
      SELECT DISTINCT program_id FROM mk_member WHERE reached_success = 1 ORDER BY reached_success_at LIMIT 2);
    DELETE FROM mk_member WHERE program_id NOT IN (SELECT id FROM mk_program);
    DELETE FROM mk_role WHERE lead_id NOT IN (SELECT id FROM mk_lead);
    DELETE FROM sf_account WHERE id <> '${account}';`);
  return { args: idsIn(world), start: () => startUnlimited(world) };
}
