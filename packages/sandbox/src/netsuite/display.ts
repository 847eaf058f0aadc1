/** How a transaction type is spelled in SuiteQL, REST, SOAP searches and on the screen. */
interface TransactionType {
  record: string;
  search: string;
  label: string;
  /** The letter of a status: its screen text, and its name in a SOAP search. */
  statuses: Record<string, readonly [text: string, search: string]>;
}

export const transactionTypes: Record<string, TransactionType> = {
  CustInvc: {
    record: 'invoice',
    search: '_invoice',
    label: 'Invoice',
    statuses: {
      A: ['Open', '_invoiceOpen'],
      B: ['Paid In Full', '_invoicePaidInFull'],
      D: ['Pending Approval', '_invoicePendingApproval'],
      E: ['Rejected', '_invoiceRejected'],
      V: ['Voided', '_invoiceVoided'],
    },
  },
  CustPymt: {
    record: 'customerPayment',
    search: '_customerPayment',
    label: 'Payment',
    statuses: {
      A: ['Unapproved Payment', '_paymentUnapprovedPayment'],
      B: ['Not Deposited', '_paymentNotDeposited'],
      C: ['Deposited', '_paymentDeposited'],
    },
  },
  SalesOrd: {
    record: 'salesOrder',
    search: '_salesOrder',
    label: 'Sales Order',
    statuses: {
      A: ['Pending Approval', '_salesOrderPendingApproval'],
      B: ['Pending Fulfillment', '_salesOrderPendingFulfillment'],
      C: ['Cancelled', '_salesOrderCancelled'],
      D: ['Partially Fulfilled', '_salesOrderPartiallyFulfilled'],
      E: ['Pending Billing/Partially Fulfilled', '_salesOrderPendingBillingPartiallyFulfilled'],
      F: ['Pending Billing', '_salesOrderPendingBilling'],
      G: ['Billed', '_salesOrderBilled'],
      H: ['Closed', '_salesOrderClosed'],
    },
  },
  CustCred: {
    record: 'creditMemo',
    search: '_creditMemo',
    label: 'Credit Memo',
    statuses: { A: ['Open', '_creditMemoOpen'], B: ['Fully Applied', '_creditMemoFullyApplied'] },
  },
  Journal: {
    record: 'journalEntry',
    search: '_journal',
    label: 'Journal',
    statuses: {
      A: ['Pending Approval', '_journalPendingApproval'],
      B: ['Approved for Posting', '_journalApprovedForPosting'],
    },
  },
};

export function statusText(type: string, letter: string): string {
  return transactionTypes[type]?.statuses[letter]?.[0] ?? letter;
}

/** The account names its currencies by their ISO code, and its customers by number and name, as a new account does. */
export const customerName = (entityId: string, companyName: string) =>
  entityId === companyName ? companyName : `${entityId} ${companyName}`;
