/** Where everything listens on one machine, counted from one base port. */
export interface Addresses {
  host: string;
  ports: Record<'gateway' | 'redis' | Subgraph | `${Vendor}Sandbox`, number>;
}

/** Systems of others, each with a subgraph of its name and a sandbox that can stand in for it. */
export type Vendor = 'netsuite' | 'salesforce' | 'marketo';

/** The vendors' subgraphs, and those that need none. */
export type Subgraph = Vendor | 'workspace';

export const vendorNames: Vendor[] = ['netsuite', 'salesforce', 'marketo'];

export const subgraphNames: Subgraph[] = [...vendorNames, 'workspace'];

/** With base 0 the system chooses every port. */
export function addressesFrom(base: number, host = '127.0.0.1'): Addresses {
  const at = (offset: number) => (base === 0 ? 0 : base + offset);
  return {
    host,
    ports: {
      gateway: at(0),
      netsuite: at(1),
      salesforce: at(2),
      marketo: at(3),
      workspace: at(6),
      netsuiteSandbox: at(101),
      salesforceSandbox: at(102),
      marketoSandbox: at(103),
      redis: at(120),
    },
  };
}
