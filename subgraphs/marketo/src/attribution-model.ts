/** How the amount of a won deal is split among the touches before it closed. */
export type Model = 'FIRST_TOUCH' | 'LAST_TOUCH' | 'LINEAR';

/** A person reached success in a program. */
export interface Success {
  programId: string;
  at: Date;
}

export interface WonDeal {
  /** In minor units of the currency. */
  amount: number;
  closesOn: Date;
}

const dayMs = 86_400_000;

/** Successes that may earn a share: up to the end of the day on which the deal closed, earliest first. */
function earning(deal: WonDeal, successes: readonly Success[]): Success[] {
  const end = (Math.floor(deal.closesOn.getTime() / dayMs) + 1) * dayMs;
  return successes
    .filter(({ at }) => at.getTime() < end)
    .sort(
      (one, other) =>
        one.at.getTime() - other.at.getTime() || one.programId.localeCompare(other.programId, 'en', { numeric: true }),
    );
}

const weights: Record<Model, (index: number, count: number) => number> = {
  FIRST_TOUCH: (index) => (index === 0 ? 1 : 0),
  LAST_TOUCH: (index, count) => (index === count - 1 ? 1 : 0),
  LINEAR: () => 1,
};

/** Each program's share of one deal in minor units; the shares sum to the amount, or there is nobody to credit. */
export function creditDeal(model: Model, deal: WonDeal, successes: readonly Success[]): Map<string, number> {
  const touches = earning(deal, successes);
  const parts = allocate(
    deal.amount,
    touches.map((_, index) => weights[model](index, touches.length)),
  );
  const credit = new Map<string, number>();
  for (const [index, { programId }] of touches.entries()) {
    credit.set(programId, (credit.get(programId) ?? 0) + (parts[index] ?? 0));
  }
  return credit;
}

/** Splits whole units by whole weights, largest remainder first, so that no unit is lost or invented. */
export function allocate(amount: number, shares: readonly number[]): number[] {
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (total === 0) return shares.map(() => 0);
  const exact = shares.map((share) => BigInt(Math.abs(amount)) * BigInt(share));
  const parts = exact.map((value) => value / BigInt(total));
  const left = BigInt(Math.abs(amount)) - parts.reduce((sum, part) => sum + part, 0n);
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value % BigInt(total) }))
    .sort((one, other) =>
      one.remainder === other.remainder ? one.index - other.index : one.remainder > other.remainder ? -1 : 1,
    );
  const raised = new Set(byRemainder.slice(0, Number(left)).map(({ index }) => index));
  const sign = amount < 0 ? -1 : 1;
  return parts.map((part, index) => sign * Number(part + (raised.has(index) ? 1n : 0n)) || 0);
}
