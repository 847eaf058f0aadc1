let offsetMs = 0;

/** Learns from an answer how far this device's clock is from the server's: ages must not depend on it. */
export function noteServerTime(headers: Headers): void {
  const stamp = Date.parse(headers.get('date') ?? '');
  if (Number.isNaN(stamp)) return;
  const measured = stamp - Date.now();
  // The header counts whole seconds, so a smaller difference is no difference.
  offsetMs = Math.abs(measured) < 1500 ? 0 : measured;
}

export const serverNow = (): number => Date.now() + offsetMs;
