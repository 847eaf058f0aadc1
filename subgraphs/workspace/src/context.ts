import type { ReadLog } from '@customer360/kit/reads';
import { createReadLog } from '@customer360/kit/reads';
import type { WorkspaceSource } from './source.ts';

/** What one request carries. */
export interface Context {
  source: WorkspaceSource;
  reads: ReadLog;
}

/** Makes the context of one request. Its answer is true of the moment alone: nobody may keep it. */
export function createContextFactory(source: WorkspaceSource): () => Context {
  return () => ({ source, reads: createReadLog(Date.now, { goodForMs: 0 }) });
}
