import { existsSync } from 'node:fs';
import type { Handler } from '@customer360/kit/server';
import sirv from 'sirv';

const securityHeaders = {
  'content-security-policy': "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** Serves the built web client; an address without a file is the client's own route and gets its page. */
export function createStaticHandler(root: string): Handler {
  if (!existsSync(root)) return () => false;
  const serve = sirv(root, {
    single: true,
    etag: true,
    setHeaders(response, pathname) {
      for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
      response.setHeader(
        'cache-control',
        pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false;
    let missed = false;
    serve(request, response, () => {
      missed = true;
    });
    return !missed;
  };
}
