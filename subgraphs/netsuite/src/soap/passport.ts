import { createHmac, randomBytes } from 'node:crypto';

/** Token-based login. */
export interface SoapToken {
  account: string;
  consumerKey: string;
  consumerSecret: string;
  tokenId: string;
  tokenSecret: string;
}

export interface Stamp {
  nonce: string;
  /** Seconds since 1970. */
  timestamp: number;
}

/** A nonce serves one call: NetSuite refuses it the second time. */
export function freshStamp(): Stamp {
  return { nonce: randomBytes(16).toString('hex'), timestamp: Math.floor(Date.now() / 1000) };
}

export function sign(token: SoapToken, { nonce, timestamp }: Stamp): string {
  const base = [token.account, token.consumerKey, token.tokenId, nonce, String(timestamp)].map(encode).join('&');
  const key = [token.consumerSecret, token.tokenSecret].map(encode).join('&');
  return createHmac('sha256', key).update(base).digest('base64');
}

/** Percent-encoding of RFC 5849: also of the marks that `encodeURIComponent` leaves. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** The SOAP header of one call, in the order of the schema. */
export function passportHeader(token: SoapToken, stamp: Stamp): object {
  return {
    'platformCore:account': token.account,
    'platformCore:consumerKey': token.consumerKey,
    'platformCore:token': token.tokenId,
    'platformCore:nonce': stamp.nonce,
    'platformCore:timestamp': stamp.timestamp,
    'platformCore:signature': { attributes: { algorithm: 'HMAC-SHA256' }, $value: sign(token, stamp) },
  };
}
