import { fileURLToPath } from 'node:url';

const at = (relative: string) => fileURLToPath(new URL(`../../../${relative}`, import.meta.url));

/** Places in the repository, as absolute paths. */
export const paths = {
  root: at(''),
  supergraphYaml: at('supergraph.yaml'),
  /** Written by composition, read by the gateway. */
  supergraph: at('gateway/generated/supergraph.graphql'),
  web: at('web/dist'),
};
