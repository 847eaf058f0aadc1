import type { CompanyName } from './names.ts';
import type { Random } from './random.ts';

const suffixes = ['Inc', 'Incorporated', 'Limited', 'Holding', 'International', 'Co.'];
const withoutMarks = (name: string) =>
  name
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[øØłŁ]/g, (letter) => ({ ø: 'o', Ø: 'O', ł: 'l', Ł: 'L' })[letter] ?? letter);

/** What the ERP calls a company: mostly what the CRM does; else another suffix, spelling or script. */
export function nameInErp(random: Random, { name, latin, bare }: CompanyName): string {
  if (latin !== name && random.chance(0.5)) return latin;
  const way = random.next();
  if (way < 0.07) return `${bare} ${random.pick(suffixes)}`;
  if (way < 0.09) return bare;
  if (way < 0.14) return respelled(name);
  return name;
}

/** What people type into a form as their company. */
export function nameInForm(random: Random, { name, latin, bare }: CompanyName): string | null {
  const way = random.next();
  if (way < 0.05) return bare;
  if (way < 0.08) return latin.toLowerCase();
  if (way < 0.1) return null;
  return name;
}

/** Without the marks on its letters; in capitals where there are none. */
function respelled(name: string): string {
  const plain = withoutMarks(name);
  return plain === name ? name.toUpperCase() : plain;
}
