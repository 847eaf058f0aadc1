import { fileURLToPath } from 'node:url';
import type { Subgraph } from './addresses.ts';

const at = (relative: string) => fileURLToPath(new URL(`../../../${relative}`, import.meta.url));

type Service = 'gateway' | 'sandbox' | Subgraph;

const folders: Record<Service, string> = {
  gateway: 'gateway',
  sandbox: 'packages/sandbox',
  netsuite: 'subgraphs/netsuite',
  salesforce: 'subgraphs/salesforce',
  marketo: 'subgraphs/marketo',
  workspace: 'subgraphs/workspace',
};

/** Places in the repository, as absolute paths. */
export const paths = {
  root: at(''),
  supergraphYaml: at('supergraph.yaml'),
  /** Written by `npm run compose`, with the addresses of `supergraph.yaml`; read by a gateway that is started alone. */
  supergraph: at('gateway/generated/supergraph.graphql'),
  /** Of one embedded run, with the addresses of that run. */
  supergraphOf: (port: number) => at(`.data/run-${port}/supergraph.graphql`),
  web: at('web/dist'),
  /** What starts a service as a process of its own. */
  mainOf: (name: Service) => at(`${folders[name]}/src/main.ts`),
  /** Where Node keeps what it has compiled. */
  compileCache: at('.data/compiled'),
};
