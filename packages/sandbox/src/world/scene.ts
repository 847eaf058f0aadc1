import type { Books } from './books.ts';
import type { Company } from './company.ts';
import type { Insert } from './inserts.ts';
import type { Program } from './programs.ts';
import type { Random } from './random.ts';

/** What every writer of customers is given. */
export interface Scene {
  insert: Insert;
  random: Random;
  today: string;
  size: number;
  company: Company;
  books: Books;
  programs: Program[];
  /** The next number of a sequence, from 1. */
  next(sequence: string): number;
}
