import type { Random } from './random.ts';

const stems = [
  'Acme',
  'Globex',
  'Initech',
  'Hooli',
  'Umbra',
  'Northwind',
  'Contoso',
  'Fabrikam',
  'Halcyon',
  'Redwood',
  'Bluefin',
  'Ironbark',
  'Cedar',
  'Lumen',
  'Vertex',
  'Quarry',
  'Sable',
  'Tidewater',
  'Copperline',
  'Fjord',
  'Åkerlund',
  'Żubr',
  'Dvořák',
  'Peña',
  "O'Malley",
  'Café Noir',
  'Müller',
  'Sønderby',
  'Çelik',
  'Łódź',
  '北星',
  '青葉',
  'Ελπίς',
  'Заря',
];
const kinds = [
  'Systems',
  'Group',
  'Labs',
  'Industries',
  'Logistics',
  'Health',
  'Energy',
  'Foods',
  'Capital',
  'Robotics',
];
const forms = ['Inc.', 'LLC', 'Ltd', 'GmbH', 'AB', 'S.A.', 'plc', ''];
const firstNames = [
  'Ada',
  'Grace',
  'Alan',
  'Edsger',
  'Barbara',
  'Linus',
  'Margaret',
  'Dennis',
  'Radia',
  'Ken',
  'Søren',
  'Zoë',
  'José',
  'Nguyễn',
  '花子',
  'Олег',
  'Amina',
  'Chidi',
  'Priya',
  'Mateo',
  'Ingrid',
  'Yusuf',
  'Mei',
  'Siobhán',
];
const lastNames = [
  'King',
  'Hopper',
  'Turing',
  'Liskov',
  'Torvalds',
  'Hamilton',
  'Ritchie',
  'Perlman',
  'Thompson',
  "D'Angelo",
  'Nielsen',
  'García',
  'Trần',
  '山田',
  'Иванов',
  'Diallo',
  'Okafor',
  'Sharma',
  'Rossi',
  'Berg',
  'Yılmaz',
  'Li',
  "O'Brien",
  'Novák',
];

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

export const places = [
  ['Boston', 'United States'],
  ['Austin', 'United States'],
  ['Toronto', 'Canada'],
  ['London', 'United Kingdom'],
  ['Berlin', 'Germany'],
  ['Lyon', 'France'],
  ['Malmö', 'Sweden'],
  ['Osaka', 'Japan'],
  ['São Paulo', 'Brazil'],
] as const;

/** A company name; the number keeps two companies with the same words apart. */
export function companyName(random: Random, number: number): string {
  return [random.pick(stems), random.pick(kinds), String(number), random.pick(forms)].filter(Boolean).join(' ');
}

export interface Person {
  first: string;
  last: string;
}

export function person(random: Random): Person {
  return { first: random.pick(firstNames), last: random.pick(lastNames) };
}

/** A host name for a company: only its Latin letters and its number survive. */
export function domain(company: string, number: number): string {
  const letters = company
    .split(' ')[0]
    ?.normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase();
  return `${letters || 'company'}${number}.example`;
}
