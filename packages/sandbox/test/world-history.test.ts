import { openWorld } from '../src/world/world.ts';
import { reader, today } from './world-support.ts';

interface Step {
  stage: string;
  amount: number | null;
  probability: number;
  close_date: string;
  forecast_category: string;
  created_at: string;
}

describe.each([1, 8])('in a world of seed %i', (seed) => {
  const world = openWorld({ seed, size: 500, today });
  afterAll(() => world.close());
  const { rows } = reader(world);
  const deals = rows('SELECT * FROM sf_opportunity ORDER BY id') as unknown as (Step & {
    id: string;
    is_closed: number;
    is_won: number;
    last_stage_change_at: string;
    modified_at: string;
  })[];
  const steps = Map.groupBy(
    rows('SELECT * FROM sf_opportunity_history ORDER BY opportunity_id, id') as unknown as (Step & {
      opportunity_id: string;
    })[],
    ({ opportunity_id }) => opportunity_id,
  );
  const histories = deals.map((deal) => ({ deal, history: steps.get(deal.id) as Step[] }));

  test('a history begins with the deal and ends where the deal stands', () => {
    const known = ({ stage, amount, probability, close_date, forecast_category }: Step) => ({
      stage,
      amount,
      probability,
      close_date,
      forecast_category,
    });
    expect(histories.map(({ history }) => history[0]?.created_at)).toEqual(deals.map(({ created_at }) => created_at));
    const lasts = histories.map(({ history }) => history.at(-1) as Step);
    expect(lasts.map(known)).toEqual(deals.map(known));
    const changes = lasts.map(({ created_at }) => created_at);
    expect(deals.map(({ last_stage_change_at }) => last_stage_change_at)).toEqual(changes);
    expect(deals.map(({ modified_at }) => modified_at)).toEqual(changes);
  });

  const isClosed = ({ stage }: Step) => stage.startsWith('Closed');
  const pairs = histories.flatMap(({ history }) =>
    history.slice(1).map((step, index) => [history[index] as Step, step] as const),
  );

  test('stages follow each other in time and in order, open until the last', () => {
    expect(pairs.length).toBeGreaterThan(2000);
    expect(pairs.filter(([before, after]) => before.created_at >= after.created_at)).toEqual([]);
    expect(pairs.filter(([before, after]) => before.stage === after.stage)).toEqual([]);
    expect(pairs.filter(([before]) => isClosed(before))).toEqual([]);
    expect(pairs.filter(([before, after]) => !isClosed(after) && after.probability < before.probability)).toEqual([]);
  });

  test('a deal is closed where its history says so, on the day of closing, and never yet to come', () => {
    const closed = histories.filter(({ history }) => isClosed(history.at(-1) as Step));
    expect(closed.map(({ deal }) => deal.id)).toEqual(deals.filter((deal) => deal.is_closed).map(({ id }) => id));
    expect(closed.filter(({ deal }) => (deal.stage === 'Closed Won') !== (deal.is_won === 1))).toEqual([]);
    expect(closed.filter(({ deal }) => deal.last_stage_change_at.slice(0, 10) !== deal.close_date)).toEqual([]);
    expect(deals.filter((deal) => deal.last_stage_change_at > today)).toEqual([]);
  });

  test('some deals were guessed at before they were known, some slipped, and most went through several stages', () => {
    const share = (of: (history: Step[]) => boolean) =>
      histories.filter(({ history }) => of(history)).length / histories.length;
    expect(share(([first, ...rest]) => first?.amount === null && rest.at(-1)?.amount != null)).toBeGreaterThan(0.1);
    expect(
      share(([first, ...rest]) => rest.some(({ amount }) => first?.amount != null && amount !== first.amount)),
    ).toBeGreaterThan(0.1);
    expect(
      share(([first, ...rest]) => rest.some(({ close_date }) => first && close_date > first.close_date)),
    ).toBeGreaterThan(0.1);
    expect(share((history) => history.length > 2)).toBeGreaterThan(0.5);
  });
});
