const families = {
  platformMsgs: 'messages_{v}.platform',
  platformCore: 'core_{v}.platform',
  platformCommon: 'common_{v}.platform',
  listRel: 'relationships_{v}.lists',
  listAcct: 'accounting_{v}.lists',
  tranSales: 'sales_{v}.transactions',
};

/** The prefixes that requests are written with, for one endpoint version such as `2023_1`. */
export function namespaces(version: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(families).map(([prefix, family]) => [
      prefix,
      `urn:${family.replace('{v}', version)}.webservices.netsuite.com`,
    ]),
  );
}
