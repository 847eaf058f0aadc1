/** The systems that customers' data comes from. */
export type System = 'NETSUITE' | 'SALESFORCE' | 'MARKETO';

export interface SystemText {
  name: string;
  tag: string;
  /** What a reader loses while the system is away. */
  data: string;
}

export const systems: Record<System, SystemText> = {
  NETSUITE: { name: 'NetSuite', tag: 'NS', data: 'financial' },
  SALESFORCE: { name: 'Salesforce', tag: 'SF', data: 'CRM' },
  MARKETO: { name: 'Marketo', tag: 'MK', data: 'marketing' },
};

export const systemOrder: readonly System[] = ['NETSUITE', 'SALESFORCE', 'MARKETO'];

export function isSystem(value: unknown): value is System {
  return typeof value === 'string' && Object.hasOwn(systems, value);
}
