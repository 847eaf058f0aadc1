import type { Account } from './crm.ts';
import { writeAccount, writePrivateContact } from './crm.ts';
import { writeErpCustomer } from './erp.ts';
import { writePeople, writeUnattached } from './people.ts';
import type { Streams } from './random.ts';
import type { Scene } from './scene.ts';

type Options = Omit<Scene, 'next' | 'random'> & { streams: Streams };

/** Writes every customer into all three systems. */
export function writeCustomers({ streams, ...options }: Options, onProgress?: (share: number) => void): void {
  const sequences = new Map<string, number>();
  const next = (sequence: string) => {
    const number = (sequences.get(sequence) ?? 0) + 1;
    sequences.set(sequence, number);
    return number;
  };
  // Each system draws from its own stream, so that a change to one leaves the others as they are.
  const scene = (purpose: string, number: number): Scene => ({ ...options, next, random: streams(purpose, number) });
  const { size, company } = options;
  let before: Account | null = null;

  for (let number = 1; number <= size; number += 1) {
    const account = writeAccount(scene('crm', number), before);
    const erp = scene('erp', number);
    // Mess on purpose: 12 % of accounts were never billed, 3 % are claimed by two ERP customers.
    if (erp.random.chance(0.88)) writeErpCustomer(erp, account, account.id);
    if (erp.random.chance(0.03)) writeErpCustomer(erp, { ...account, deals: [] }, account.id);
    writePeople(scene('people', number), account, before);
    before = account;
    if (number % 1000 === 0) onProgress?.(number / size);
  }
  // Some ERP customers belong to no account, and some people to none either.
  for (let number = 1; number <= size / 50; number += 1) {
    const name = `Walk-in customer ${number}`;
    const called = { name, latin: name, bare: name };
    writeErpCustomer(scene('walk-in', number), { called, scale: 1, since: company.firstDay, deals: [] }, null);
    writePrivateContact(scene('private contact', number));
  }
  for (let number = 1; number <= size / 25; number += 1) writeUnattached(scene('unattached', number));
}
