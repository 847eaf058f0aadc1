import type { Culture } from './cultures.ts';
import { cultures } from './cultures.ts';
import type { Random } from './random.ts';

export const industries = [
  'Technology',
  'Manufacturing',
  'Healthcare',
  'Retail',
  'Energy',
  'Finance',
  'Transportation',
  'Education',
  'Media',
] as const;

export interface CompanyName {
  name: string;
  /** The same in Latin letters. */
  latin: string;
  /** Without its legal form. */
  bare: string;
}

export interface Person {
  first: string;
  last: string;
}

export function pickCulture(random: Random): Culture {
  return random.weighted(cultures.map((culture) => [culture, culture.weight] as const));
}

/** A company name; the number keeps two companies with the same words apart. */
export function companyName(random: Random, { stems, kinds, forms }: Culture, number: number): CompanyName {
  const [stem, kind, form] = [random.pick(stems), random.pick(kinds), random.pick(forms)];
  const join = (...words: (string | number)[]) => words.filter((word) => word !== '').join(' ');
  return {
    name: join(stem.own, kind.own, number, form.own),
    latin: join(stem.latin, kind.latin, number, form.latin),
    bare: join(stem.own, kind.own, number),
  };
}

export function person(random: Random, { first, last }: Culture): Person {
  return { first: random.pick(first).own, last: random.pick(last).own };
}

/** A host name for a company: only the Latin letters of its first word and its number survive. */
export function domain({ latin }: Pick<CompanyName, 'latin'>, number: number): string {
  const letters = latin
    .split(' ')[0]
    ?.normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase();
  return `${letters || 'company'}${number}.example`;
}
