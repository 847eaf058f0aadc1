import { readFileSync } from 'node:fs';
import { defineConfig } from '@graphql-mesh/compose-cli';
import { loadJSONSchemaSubgraph } from '@omnigraph/json-schema';
import { addresses } from './config.ts';

const at = addresses();
const anything = { type: 'object', additionalProperties: true };
const text = { type: 'string' };

/** Rows stay JSON: a type for each of them would be read field by field and then again by the resolvers. */
const query = (field, path, more) => ({ type: 'Query', field, path, method: 'GET', responseSchema: anything, ...more });

const netsuite = loadJSONSchemaSubgraph('NetSuite', {
  endpoint: at.netsuite,
  operationHeaders: { 'content-type': 'application/json', prefer: 'transient' },
  operations: [
    query('suiteql', '/services/rest/query/v1/suiteql?limit=1000&offset=0', {
      method: 'POST',
      requestTypeName: 'SuiteQlStatement',
      requestSchema: { type: 'object', properties: { q: text, params: { type: 'array', items: text } } },
    }),
  ],
});

const salesforce = loadJSONSchemaSubgraph('Salesforce', {
  endpoint: at.salesforce,
  operations: [query('soql', '/services/data/v57.0/query', { queryParamArgMap: { q: 'q' }, argTypeMap: { q: text } })],
});

const marketo = loadJSONSchemaSubgraph('Marketo', {
  endpoint: at.marketo,
  operations: [
    query('leads', '/rest/v1/leads.json?filterType=sfdcAccountId&batchSize=300', {
      queryParamArgMap: { filterValues: 'accountIds', fields: 'fields' },
      argTypeMap: { accountIds: text, fields: text },
    }),
    query('programs', '/rest/asset/v1/programs.json?maxReturn=200'),
  ],
});

export const composeConfig = defineConfig({
  subgraphs: [netsuite, salesforce, marketo].map((sourceHandler) => ({ sourceHandler })),
  additionalTypeDefs: readFileSync(new URL('types.graphql', import.meta.url), 'utf8'),
});
