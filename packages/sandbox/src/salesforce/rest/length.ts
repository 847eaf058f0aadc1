import type { VendorReply } from '../../vendor/reply.ts';
import type { VendorRequest } from '../../vendor/request.ts';

const text = { 'content-type': 'text/html; charset=UTF-8' };
const maxHead = 16_384;

/** Address and headers together have a limit, which is why long queries go elsewhere. */
export function judgeLength({ url, headers }: VendorRequest): VendorReply | undefined {
  const address = url.pathname.length + url.search.length;
  if (address > maxHead) return { status: 414, headers: text, body: 'URI Too Long' };
  const lines = Object.entries(headers).map(([name, value]) => name.length + String(value).length + 4);
  const whole = lines.reduce((sum, length) => sum + length, address);
  return whole > maxHead ? { status: 431, headers: text, body: 'Request Header Fields Too Large' } : undefined;
}
