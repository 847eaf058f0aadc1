import type { Subgraph } from './addresses.ts';
import { subgraphNames } from './addresses.ts';

/** The variable that points a subgraph at its vendor; when it is set, that vendor's sandbox is not started. */
export const vendorVariable: Record<Subgraph, string> = {
  netsuite: 'NETSUITE_BASE_URL',
  salesforce: 'SALESFORCE_LOGIN_URL',
  marketo: 'MARKETO_BASE_URL',
};

/** The variables by which `supergraph.yaml` finds subgraphs that listen elsewhere than usual. */
export function routesTo(urls: Record<Subgraph, string>): Record<string, string> {
  return Object.fromEntries(
    subgraphNames.map((name) => [`${name.toUpperCase()}_SUBGRAPH_URL`, `${urls[name]}/graphql`]),
  );
}
