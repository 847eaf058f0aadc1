import type { Subgraph, Vendor } from './addresses.ts';
import { subgraphNames, vendorNames } from './addresses.ts';

/** The variable that points a subgraph at its vendor; when it is set, that vendor's sandbox is not started. */
export const vendorVariable: Record<Vendor, string> = {
  netsuite: 'NETSUITE_BASE_URL',
  salesforce: 'SALESFORCE_LOGIN_URL',
  marketo: 'MARKETO_BASE_URL',
};

/** The vendors that sandboxes stand in for: those of which the environment does not say where they are. */
export const stoodInFor = (env: Record<string, string | undefined>): Vendor[] =>
  vendorNames.filter((name) => !env[vendorVariable[name]]);

export const isVendor = (name: Subgraph): name is Vendor => name in vendorVariable;

/** The variables by which `supergraph.yaml` finds subgraphs that listen elsewhere than usual. */
export function routesTo(urlOf: (name: Subgraph) => string): Record<string, string> {
  return Object.fromEntries(
    subgraphNames.map((name) => [`${name.toUpperCase()}_SUBGRAPH_URL`, `${urlOf(name)}/graphql`]),
  );
}
