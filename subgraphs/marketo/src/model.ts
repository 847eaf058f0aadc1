import type { Money } from '@customer360/kit/decimal';
import type { TouchKind } from './touch-kind.ts';

/** A campaign that something refers to; only what the reference itself knows. */
export interface CampaignRef {
  id: string;
  name: string | null;
}

export interface Campaign {
  id: string;
  name: string;
  channel: string | null;
  status: string | null;
  active: boolean;
  /** ISO 8601 in UTC, as every instant here. */
  createdAt: string | null;
}

export interface Touch {
  occurredAt: string;
  kind: TouchKind;
  description: string | null;
  campaign: CampaignRef | null;
}

export interface Person {
  id: string;
  /** The 18-character id. */
  accountId: string | null;
  email: string | null;
  leadSource: string | null;
  score: number | null;
  createdAt: string;
  updatedAt: string;
  lastTouch: Touch | null;
  lastCampaign: CampaignRef | null;
}

/** What one campaign cost and brought in. */
export interface CampaignFigures {
  spend: Money;
  attributedRevenue: Money;
  leadsGenerated: number;
}
