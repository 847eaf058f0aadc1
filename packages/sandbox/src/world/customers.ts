import type { Company } from './company.ts';
import { writeAccount } from './crm.ts';
import type { Flow } from './erp.ts';
import { writeErpCustomer } from './erp.ts';
import type { Insert } from './inserts.ts';
import { writePeople } from './people.ts';
import type { Program } from './programs.ts';
import type { Random } from './random.ts';

/** What every writer of customers is given. */
export interface Scene {
  insert: Insert;
  random: Random;
  today: string;
  size: number;
  company: Company;
  programs: Program[];
  /** The next number of a sequence, from 1. */
  next(sequence: string): number;
}

/** Writes every customer into all three systems and returns what moved in the ledger. */
export function writeCustomers(options: Omit<Scene, 'next'>): Flow[] {
  const sequences = new Map<string, number>();
  const scene: Scene = {
    ...options,
    next(sequence) {
      const number = (sequences.get(sequence) ?? 0) + 1;
      sequences.set(sequence, number);
      return number;
    },
  };
  const { random, size } = scene;
  const flows: Flow[] = [];

  for (let index = 0; index < size; index += 1) {
    const account = writeAccount(scene);
    // Mess on purpose: 12 % of accounts were never billed, 3 % are claimed by two ERP customers.
    if (random.chance(0.88)) flows.push(...writeErpCustomer(scene, account, account.id));
    if (random.chance(0.03)) flows.push(...writeErpCustomer(scene, account, account.id));
    writePeople(scene, account);
  }
  // And some ERP customers belong to no account.
  for (let index = 0; index < size / 50; index += 1) {
    flows.push(
      ...writeErpCustomer(
        scene,
        { name: `Walk-in customer ${index + 1}`, scale: 1, since: scene.company.firstDay },
        null,
      ),
    );
  }
  return flows;
}
