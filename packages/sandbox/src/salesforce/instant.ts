/** An instant as it is stored: `2026-03-01T09:00:00Z`. */
export const toSecond = (at: Date) => at.toISOString().replace(/\.\d+Z$/, 'Z');
