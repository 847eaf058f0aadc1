import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Candidate } from './candidates.ts';
import { bare } from './candidates.ts';
import type { Contender, Pace } from './compare.ts';
import { ask, compare } from './compare.ts';
import type { Figure } from './figures.ts';
import { freePort } from './ports.ts';
import { startProcess } from './processes.ts';
import { shopRequests } from './shop/operations.ts';
import { startShop } from './shop/start-shop.ts';

export interface GatewayBench extends Pace {
  workloads: (keyof typeof shopRequests)[];
  connections: number;
  candidates: readonly Candidate[];
  /** How long subgraphs let everybody keep an answer, in seconds; 0 says nothing of it. */
  maxAgeS: number;
  /** Of this run's files. */
  folder: string;
}

/** Every gateway before the same subgraphs; only its own process is counted. */
export async function compareGateways(bench: GatewayBench, say: (line: string) => void): Promise<Figure[]> {
  await using started = new AsyncDisposableStack();
  const shop = await startShop(bench.folder, bench.maxAgeS);
  started.use(shop.subgraphs);
  const answersPath = join(bench.folder, 'answers.json');
  const contenders: Contender[] = [];
  // The bare server sends what the first gateway answered, so it comes last.
  for (const candidate of [...bench.candidates].sort((one, other) => Number(one === bare) - Number(other === bare))) {
    if (candidate === bare) await writeAnswers(answersPath, contenders[0]?.url ?? '');
    say(`starting ${candidate.name}`);
    const port = await freePort();
    const launch = candidate.launch({ supergraphPath: shop.supergraphPath, port, answersPath });
    const { url, pid } = started.use(await startProcess(launch, `http://127.0.0.1:${port}/graphql`));
    contenders.push({ name: candidate.name, coalescing: candidate.coalescing, url, pids: [pid] });
  }
  const figures: Figure[] = [];
  for (const name of bench.workloads) {
    const workload = {
      name: bench.maxAgeS > 0 ? `${name} kept` : name,
      bodies: shopRequests[name],
      connections: bench.connections,
    };
    figures.push(...(await compare(contenders, workload, bench, say)));
  }
  return figures;
}

async function writeAnswers(path: string, url: string) {
  const answers: Record<string, string> = {};
  for (const body of Object.values(shopRequests).flat()) answers[body] = await ask(url, body);
  await writeFile(path, JSON.stringify(answers));
}
