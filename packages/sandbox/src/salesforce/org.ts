import { salesforceId } from '../world/salesforce-id.ts';

export const organizationId = '00DHs0000000001MAA';

/** The only user that the sandbox lets in. */
export const userId = salesforceId('005', 1);
