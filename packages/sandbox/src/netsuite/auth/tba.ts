import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Control } from '../../vendor/control.ts';
import type { NetsuiteCredentials } from '../credentials.ts';
import { createTokenGuard } from './guard.ts';

/** The parts of a token-based login, however they came in. */
export interface Passport {
  account: string;
  consumerKey: string;
  token: string;
  nonce: string;
  timestamp: string;
  algorithm: string;
  signature: string;
}

export interface Tba {
  /** Judges the `Authorization: OAuth …` header of a REST call. */
  acceptsRest(method: string, url: URL, authorization: string): boolean;
  /** Judges the `tokenPassport` header of a SOAP call. */
  acceptsSoap(passport: Passport): boolean;
}

/** Percent-encoding of RFC 5849, stricter than `encodeURIComponent`. */
export const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

export function createTba(credentials: NetsuiteCredentials, control: Control, now: () => number): Tba {
  const guard = createTokenGuard(now);
  const key = `${encode(credentials.consumerSecret)}&${encode(credentials.tokenSecret)}`;

  const accepts = (passport: Passport, bases: string[], nonceShape: RegExp) => {
    if (control.faults.refuseCredentials || passport.token !== credentials.tokenId) return false;
    return guard.admit(passport, () => {
      const known = passport.account === credentials.account && passport.consumerKey === credentials.consumerKey;
      const algorithm = passport.algorithm.replace('_', '-') === 'HMAC-SHA256';
      const signed = () => bases.some((base) => sameText(hmac(key, base), passport.signature));
      return known && algorithm && nonceShape.test(passport.nonce) && signed();
    });
  };

  return {
    acceptsRest(method, url, authorization) {
      const parts = readAuthorization(authorization);
      const passport: Passport = {
        account: parts.get('realm') ?? '',
        consumerKey: parts.get('oauth_consumer_key') ?? '',
        token: parts.get('oauth_token') ?? '',
        nonce: parts.get('oauth_nonce') ?? '',
        timestamp: parts.get('oauth_timestamp') ?? '',
        algorithm: parts.get('oauth_signature_method') ?? '',
        signature: parts.get('oauth_signature') ?? '',
      };
      return accepts(passport, restBases(method, url, parts), /^[A-Za-z0-9]{6,64}$/);
    },
    // Working SOAP clients send base-64 nonces.
    acceptsSoap: (passport) => accepts(passport, [soapBase(passport)], /^[\w+/=-]{6,64}$/),
  };
}

export function hmac(key: string, base: string): string {
  return createHmac('sha256', key).update(base).digest('base64');
}

export function soapBase({ account, consumerKey, token, nonce, timestamp }: Omit<Passport, 'algorithm' | 'signature'>) {
  return [account, consumerKey, token, nonce, timestamp].map(encode).join('&');
}

/** A space in the query may have been sent as `+` and signed as a space or as a plus: both are accepted. */
function restBases(method: string, url: URL, parts: Map<string, string>): string[] {
  const spellings = url.search.includes('+') ? [true, false] : [true];
  return spellings.map((plusIsSpace) => restBase(method, url, parts, plusIsSpace));
}

export function restBase(method: string, url: URL, parts: Map<string, string>, plusIsSpace = true): string {
  const decode = (text: string) => safeDecode(plusIsSpace ? text.replaceAll('+', ' ') : text);
  const query = url.search
    .replace(/^\?/, '')
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...rest] = pair.split('=');
      return [decode(name), decode(rest.join('='))] as const;
    });
  const signed = [...parts].filter(([name]) => name !== 'realm' && name !== 'oauth_signature');
  const normalised = [...query, ...signed]
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  return [method.toUpperCase(), `${url.origin}${url.pathname}`, normalised].map(encode).join('&');
}

export function readAuthorization(header: string): Map<string, string> {
  const parts = header.replace(/^OAuth\s+/i, '').matchAll(/([a-z_]+)="([^"]*)"/gi);
  return new Map([...parts].map(([, name = '', value = '']) => [name, safeDecode(value)]));
}

const compare = (a: string, b: string) => Number(a > b) - Number(a < b);

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function sameText(expected: string, given: string): boolean {
  const a = Buffer.from(expected);
  const b = Buffer.from(given);
  return a.length === b.length && timingSafeEqual(a, b);
}
