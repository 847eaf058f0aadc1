export type TouchKind = 'EMAIL_OPEN' | 'LINK_CLICK' | 'FORM_FILL' | 'WEBINAR' | 'WEB_VISIT' | 'OTHER';

/** Read from the top: the first row whose type matches, and whose word occurs in the text, decides. */
const kinds: readonly { type: string; word?: RegExp; kind: TouchKind }[] = [
  { type: 'email', word: /click/i, kind: 'LINK_CLICK' },
  { type: 'email', word: /open/i, kind: 'EMAIL_OPEN' },
  { type: 'web', word: /\bform\b/i, kind: 'FORM_FILL' },
  { type: 'web', word: /click/i, kind: 'LINK_CLICK' },
  { type: 'web', kind: 'WEB_VISIT' },
  { type: 'form', kind: 'FORM_FILL' },
  { type: 'webinar', kind: 'WEBINAR' },
  { type: 'milestone', word: /webinar/i, kind: 'WEBINAR' },
];

/** What an interesting moment was, by the type Marketo gives it and, where that is too coarse, by its words. */
export function touchKind(type: string | null, text: string): TouchKind {
  const wanted = (type ?? '').trim().toLowerCase();
  return kinds.find((row) => row.type === wanted && (!row.word || row.word.test(text)))?.kind ?? 'OTHER';
}
