import { fileURLToPath } from 'node:url';

const at = (relative: string) => fileURLToPath(new URL(`../../../${relative}`, import.meta.url));

/** Places in the repository, as absolute paths. */
export const paths = {
  root: at(''),
  supergraphYaml: at('supergraph.yaml'),
  /** Written by `npm run compose`, with the addresses of `supergraph.yaml`; read by a gateway that is started alone. */
  supergraph: at('gateway/generated/supergraph.graphql'),
  /** Of one embedded run, with the addresses of that run. */
  supergraphOf: (port: number) => at(`.data/run-${port}/supergraph.graphql`),
  web: at('web/dist'),
};
