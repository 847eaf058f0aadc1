import type { VendorReply } from '../../vendor/reply.ts';
import { notFound, SalesforceError } from '../errors.ts';
import { ok } from './request.ts';

const newest = 68;
const oldest = 31;
const seasons = ['Spring', 'Summer', 'Winter'] as const;

/** Three releases a year; 57 was Spring '23, and Winter is named after the year that follows. */
function label(version: number): string {
  const since = version - 57;
  const year = 23 + Math.floor((since + 1) / 3);
  return `${seasons[((since % 3) + 3) % 3]} '${year}`;
}

export const listVersions = (): VendorReply =>
  ok(
    Array.from({ length: newest - oldest + 1 }, (_, index) => oldest + index).map((number) => ({
      label: label(number),
      url: `/services/data/v${number}.0`,
      version: `${number}.0`,
    })),
  );

export function requireVersion(version: number) {
  if (version < oldest) {
    const message = `The requested API version v${version}.0 is retired.`;
    throw new SalesforceError(410, 'UNSUPPORTED_API_VERSION', message);
  }
  if (version > newest) throw notFound();
}
