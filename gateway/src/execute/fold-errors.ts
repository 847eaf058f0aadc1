import type { FieldError } from './run.ts';

/** Keeps one error for each field and cause: fifty rows without invoices are one fact, not fifty. */
export function foldErrors(errors: FieldError[]): FieldError[] {
  const kept = new Map<string, FieldError>();
  for (const error of errors) {
    const path = (error.path ?? []).filter((part) => typeof part === 'string');
    const key = JSON.stringify([path, error.message, error.extensions?.code]);
    if (!kept.has(key)) kept.set(key, error);
  }
  return [...kept.values()];
}
