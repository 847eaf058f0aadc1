import { hasRightSuffix } from '@customer360/kit/salesforce-id';

/** Key prefixes that Salesforce gives to records of each type. */
export const prefixes = { account: '001', opportunity: '006', ticket: '500', user: '005' } as const;
export type IdType = keyof typeof prefixes;

/** Whether a record of this type can have the id; asking Salesforce for another would fail the whole query. */
export function isIdOf(type: IdType, id18: string): boolean {
  return id18.startsWith(prefixes[type]) && hasRightSuffix(id18);
}
