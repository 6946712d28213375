import type { ServerResponse } from 'node:http';
import { contentPolicy, FOLDER_SOURCES } from './content-policy.ts';

/** Nothing may frame it, and where browsers know that, no text can become markup or the address of a script. */
const SERVED_ALONE = "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/** Of every answer: nothing of it is kept, framed, guessed at or told to others. */
const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': `${contentPolicy(FOLDER_SOURCES)}; ${SERVED_ALONE}`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
};

export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly bytes: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

export function jsonReply(status: number, value: unknown, headers?: Readonly<Record<string, string>>): Reply {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  return { status, type: 'application/json', bytes, ...(headers && { headers }) };
}

export function send(response: ServerResponse, { status, type, bytes, headers }: Reply): void {
  // Whoever asked may be gone: an answer to a window that has moved on.
  if (response.destroyed) return;
  response.writeHead(status, { ...HEADERS, ...headers, 'content-type': type, 'content-length': bytes.length });
  response.end(response.req.method === 'HEAD' ? undefined : bytes);
}
