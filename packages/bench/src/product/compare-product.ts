import type { Pace, Workload } from '../compare.ts';
import { compare } from '../compare.ts';
import type { Figure } from '../figures.ts';
import { mixOf, readRequests } from './requests.ts';
import { startProduct } from './start-product.ts';

const users = 100;
/** Records say when they were read, and each contender reads them for itself. */
const volatile = ['asOf'];

/** The page's operations, one at a time and by a hundred users, over vendors that take their time. */
export async function compareProduct(pace: Pace, say: (line: string) => void): Promise<Figure[]> {
  await using started = new AsyncDisposableStack();
  say('starting the product');
  const contenders = await startProduct(started);
  const requests = await readRequests(contenders[0]?.url ?? '');
  const workloads: Workload[] = [
    ...Object.entries(requests).map(([name, bodies]) => ({ name, bodies, connections: 1, volatile })),
    { name: `${users} users`, bodies: mixOf(requests), connections: users, volatile },
  ];
  const figures: Figure[] = [];
  for (const workload of workloads) figures.push(...(await compare(contenders, workload, pace, say)));
  return figures;
}
