/** A query that SuiteQL refuses; the message is the vendor's own detail text. */
export class SuiteqlError extends Error {}

export const unknownIdentifier = (name: string) => new SuiteqlError(`Unknown identifier '${name}'`);
