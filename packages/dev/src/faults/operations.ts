import { readOperation } from '@customer360/testing/operations';
import type { Vendor } from '../addresses.ts';

export const operationNames = ['rail', 'table', 'dashboard'] as const;
export type OperationName = (typeof operationNames)[number];

/** One of the product's operations, what it is about, and which system owns what of it. */
export interface FaultOperation {
  name: OperationName;
  root: string;
  text: string;
  /** Names of the fields below the root, or below each row of it. */
  owners: Record<Vendor, readonly string[]>;
}

/** Everything that is told of how fresh something is. */
const freshness = '{ source origin asOf ageSeconds stale warning }';

/** The product's own text, asking for all of each freshness. */
const textOf = (name: OperationName) => readOperation(name).replace(/([fF]reshness) \{[^}]*\}/g, `$1 ${freshness}`);

export const operations: Record<OperationName, FaultOperation> = {
  rail: {
    name: 'rail',
    root: 'customer',
    text: textOf('rail'),
    owners: {
      salesforce: ['name', 'industry', 'employeeCount', 'ownerName', 'openTickets', 'opportunities', 'crmFreshness'],
      netsuite: [
        'lifetimeValue',
        'openBalance',
        'creditLimit',
        'paymentTerms',
        'finance',
        'erpLink',
        'invoices',
        'recentOrders',
        'erpFreshness',
      ],
      marketo: [
        'leadSource',
        'lastCampaign',
        'engagementScore',
        'lastMarketingTouch',
        'marketingPeople',
        'marketingFreshness',
      ],
    },
  },
  table: {
    name: 'table',
    root: 'getActivePipeline',
    text: textOf('table').replace(
      'paymentStatus',
      `paymentStatus crmFreshness ${freshness} erpFreshness ${freshness} marketingFreshness ${freshness}`,
    ),
    owners: {
      salesforce: [
        'opportunityId',
        'name',
        'accountId',
        'accountName',
        'stage',
        'amount',
        'probability',
        'closeDate',
        'ownerName',
        'crmFreshness',
      ],
      netsuite: ['invoices', 'paymentStatus', 'erpFreshness'],
      marketo: ['lastMarketingTouch', 'marketingFreshness'],
    },
  },
  dashboard: {
    name: 'dashboard',
    root: 'getDashboardMetrics',
    text: textOf('dashboard'),
    owners: {
      salesforce: ['pipeline', 'pipelineFreshness'],
      netsuite: ['financials'],
      marketo: ['marketing', 'marketingFreshness'],
    },
  },
};
