const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const checks = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** The 18-character form of a 15-character record id: each check character says which of five letters are capitals. */
export function toId18(id15: string): string {
  const suffix = [0, 5, 10].map((start) => {
    const bits = [...id15.slice(start, start + 5)].map((letter) => (letter >= 'A' && letter <= 'Z' ? 1 : 0));
    return checks[bits.reduce((sum: number, bit, index) => sum + (bit << index), 0)];
  });
  return id15 + suffix.join('');
}

/** The 18-character id of the `number`th record with a three-character key prefix. */
export function salesforceId(prefix: string, number: number): string {
  let rest = '';
  for (let left = number; left > 0; left = Math.floor(left / 62)) rest = digits[left % 62] + rest;
  return toId18(`${prefix}Hs${rest.padStart(10, '0')}`);
}

/** The id after the highest one in use; the first of all when none is. */
export function nextSalesforceId(prefix: string, highest: string): string {
  const number = [...highest.slice(5, 15)].reduce((sum, digit) => sum * 62 + digits.indexOf(digit), 0);
  return salesforceId(prefix, number + 1);
}
