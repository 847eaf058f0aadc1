/** Why no customer can be opened while Salesforce is away: who a customer is, only Salesforce says. */
export const closedReason = 'Customer details need Salesforce, which is temporarily unavailable';
