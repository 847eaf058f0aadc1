/** A row as a vendor sends it. */
// biome-ignore lint/suspicious/noExplicitAny: vendors' rows are taken as they come, as the peer's own examples do
export type Row = Record<string, any>;

type Ask = (call: { root: object; args: object; context: MeshContext }) => Promise<Row>;

/** What the gateway hands to resolvers: one function for each field that composition made of a vendor's call. */
export interface MeshContext {
  NetSuite: { Query: { suiteql: Ask } };
  Salesforce: { Query: { soql: Ask } };
  Marketo: { Query: { leads: Ask; programs: Ask } };
}

const root = {};

export async function askNetSuite(context: MeshContext, input: { q: string; params: string[] }): Promise<Row[]> {
  const { items } = await context.NetSuite.Query.suiteql({ root, args: { input }, context });
  return items;
}

export async function askSalesforce(context: MeshContext, q: string): Promise<{ totalSize: number; records: Row[] }> {
  return (await context.Salesforce.Query.soql({ root, args: { q }, context })) as never;
}

/** Marketo says with status 200 that it refuses. */
export async function askMarketo(context: MeshContext, call: 'leads' | 'programs', args: object): Promise<Row[]> {
  const { success, errors, result } = await context.Marketo.Query[call]({ root, args, context });
  if (!success) throw new Error(`Marketo refuses: ${JSON.stringify(errors)}`);
  return result ?? [];
}
