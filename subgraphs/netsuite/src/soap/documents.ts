import { UpstreamError } from '@customer360/kit/errors';
import type { z } from 'zod';
import { present } from '../complete.ts';
import type { ErpInvoice, ErpOrder, InvoiceState } from '../model.ts';
import type { transactionRecord } from './records.ts';

/** A record's status is its display text, not the name that searches use. */
const invoiceStates: Record<string, InvoiceState> = {
  Open: 'OPEN',
  'Paid In Full': 'PAID_IN_FULL',
  'Pending Approval': 'PENDING_APPROVAL',
  Voided: 'VOIDED',
};

/** @throws {UpstreamError} `malformed` for a record that is neither an invoice nor a sales order */
export function toDocument(record: z.output<typeof transactionRecord>, accountId: string): ErpInvoice | ErpOrder {
  const { internalId } = record.attributes;
  const common = {
    internalId,
    number: record.tranId ?? internalId,
    accountId,
    date: record.tranDate,
    currency: record.currencyName,
    total: record.total,
  };
  switch (record.attributes['xsi:type'].replace(/^.*:/, '')) {
    case 'Invoice':
      return {
        ...common,
        kind: 'invoice',
        state: invoiceStates[record.status] ?? 'OTHER',
        dueDate: record.dueDate ?? null,
        remaining: present(record.amountRemaining, 'amountRemaining'),
      };
    case 'SalesOrder':
      return { ...common, kind: 'order', status: record.status };
    default:
      throw new UpstreamError('NETSUITE', 'malformed', 'a transaction has an xsi:type that was not asked for');
  }
}
