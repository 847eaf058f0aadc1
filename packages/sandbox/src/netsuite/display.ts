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
  RtnAuth: {
    record: 'returnAuthorization',
    search: '_returnAuthorization',
    label: 'Return Authorization',
    statuses: {
      A: ['Pending Approval', '_returnAuthorizationPendingApproval'],
      B: ['Pending Receipt', '_returnAuthorizationPendingReceipt'],
      C: ['Cancelled', '_returnAuthorizationCancelled'],
      D: ['Partially Received', '_returnAuthorizationPartiallyReceived'],
      E: ['Pending Refund/Partially Received', '_returnAuthorizationPendingRefundPartiallyReceived'],
      F: ['Pending Refund', '_returnAuthorizationPendingRefund'],
      G: ['Refunded', '_returnAuthorizationRefunded'],
      H: ['Closed', '_returnAuthorizationClosed'],
    },
  },
  PurchOrd: {
    record: 'purchaseOrder',
    search: '_purchaseOrder',
    label: 'Purchase Order',
    statuses: {
      A: ['Pending Supervisor Approval', '_purchaseOrderPendingSupervisorApproval'],
      B: ['Pending Receipt', '_purchaseOrderPendingReceipt'],
      C: ['Rejected by Supervisor', '_purchaseOrderRejectedBySupervisor'],
      D: ['Partially Received', '_purchaseOrderPartiallyReceived'],
      E: ['Pending Billing/Partially Received', '_purchaseOrderPendingBillingPartiallyReceived'],
      F: ['Pending Bill', '_purchaseOrderPendingBill'],
      G: ['Fully Billed', '_purchaseOrderFullyBilled'],
      H: ['Closed', '_purchaseOrderClosed'],
    },
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

/** How the field `orderStatus` of a SOAP record spells a letter; a letter without a name is left out. */
export const orderStatuses: Record<string, Record<string, string>> = {
  SalesOrd: {
    A: '_pendingApproval',
    B: '_pendingFulfillment',
    C: '_cancelled',
    D: '_partiallyFulfilled',
    E: '_pendingBillingPartFulfilled',
    F: '_pendingBilling',
    G: '_fullyBilled',
    H: '_closed',
  },
  PurchOrd: {
    A: '_pendingSupervisorApproval',
    B: '_pendingReceipt',
    C: '_rejectedBySupervisor',
    D: '_partiallyReceived',
    E: '_pendingBillingPartiallyReceived',
    F: '_pendingBilling',
    G: '_fullyBilled',
    H: '_closed',
  },
  RtnAuth: { A: '_pendingApproval', B: '_pendingReceipt' },
};

/** The account names its currencies by their ISO code, and its customers by number and name, as a new account does. */
export const customerName = (entityId: string, companyName: string) =>
  entityId === companyName ? companyName : `${entityId} ${companyName}`;
