import type { SandboxConfig } from '@customer360/sandbox/config';
import type { Addresses } from './addresses.ts';

export interface StartOptions extends Omit<SandboxConfig, 'host' | 'portBase'> {
  addresses: Addresses;
  /** Of each service, where each has processes of its own. */
  copies: number;
}

/** What `npm start` shows, and how it ends. */
export interface Started {
  /** What there is, where it is, and what else is to know of it. */
  rows: string[][];
  close(): Promise<void>;
}
