import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createInflate } from 'node:zlib';
import { systemCode } from './failure.ts';

export interface PageRequest {
  readonly url: URL;
  readonly headers: ReadonlyMap<string, string>;
  /** For the whole answer, also where it comes byte by byte. */
  readonly timeoutMs: number;
  /** Of what the answer unpacks to. */
  readonly maxBytes: number;
  readonly signal?: AbortSignal;
}

export interface PageAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array;
  /** When the answer began, as `performance.now()` counts. */
  readonly answeredMs: number;
}

/** No answer, or none that can be taken. What it says holds no credentials. */
export class PageFailure extends Error {
  override readonly name = 'PageFailure';
}

const MOST_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Asks for a page by http or https. Throws PageFailure. */
export async function fetchPage(page: PageRequest): Promise<PageAnswer> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), page.timeoutMs);
  const signal = page.signal === undefined ? limit.signal : AbortSignal.any([page.signal, limit.signal]);
  try {
    return await follow(page, signal);
  } catch (error) {
    if (limit.signal.aborted) throw new PageFailure(`no whole answer within ${page.timeoutMs / 1000} s`);
    throw error instanceof PageFailure ? error : new PageFailure(whyNot(error));
  } finally {
    clearTimeout(timer);
  }
}

/** A redirect to somebody else gets no headers of the user's: they may be secret. */
async function follow(page: PageRequest, signal: AbortSignal): Promise<PageAnswer> {
  let url = page.url;
  for (let count = 0; count <= MOST_REDIRECTS; count++) {
    const headers = url.origin === page.url.origin ? headersOf(page) : {};
    const response = await ask(url, headers, signal);
    const answeredMs = performance.now();
    const { statusCode: status = 0, headers: said } = response;
    if (!REDIRECTS.has(status) || said.location === undefined) {
      const body = await bodyOf(response, page.maxBytes, signal);
      return { status, contentType: said['content-type'] ?? '', body, answeredMs };
    }
    response.destroy();
    const next = URL.canParse(said.location, url.href) ? new URL(said.location, url.href) : undefined;
    if (next === undefined || !isWeb(next)) throw new PageFailure('a redirect that leads to no http or https page');
    url = next;
  }
  throw new PageFailure(`more than ${MOST_REDIRECTS} redirects`);
}

export function isWeb({ protocol }: URL): boolean {
  return protocol === 'http:' || protocol === 'https:';
}

function headersOf({ url, headers }: PageRequest): Record<string, string> {
  const own = Object.fromEntries(headers);
  if (url.username === '' && url.password === '') return own;
  const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return { authorization: `Basic ${Buffer.from(credentials).toString('base64')}`, ...own };
}

function ask(url: URL, headers: Record<string, string>, signal: AbortSignal): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    // A connection of its own each time: one that is kept may be dead when it is used next.
    const options = { agent: false, signal, headers: { 'accept-encoding': 'gzip, deflate', ...headers } } as const;
    const target = new URL(url);
    [target.username, target.password] = ['', ''];
    request(target, options, resolve).on('error', reject).end();
  });
}

async function bodyOf(response: IncomingMessage, maxBytes: number, signal: AbortSignal): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  const collect = async (unpacked: AsyncIterable<Uint8Array>): Promise<void> => {
    for await (const chunk of unpacked) {
      sizeBytes += chunk.length;
      if (sizeBytes > maxBytes) break;
      chunks.push(chunk);
    }
  };
  const encoding = (response.headers['content-encoding'] ?? 'identity').toLowerCase();
  try {
    if (encoding === 'identity') await pipeline(response, collect, { signal });
    else if (/^(x-)?gzip$/.test(encoding)) await pipeline(response, createGunzip(), collect, { signal });
    else if (encoding === 'deflate') await pipeline(response, createInflate(), collect, { signal });
    else throw new PageFailure(`an answer encoded as ${encoding.slice(0, 40)}, which is not understood`);
  } catch (error) {
    // Turning away in the middle is itself an error of the pipeline.
    if (sizeBytes <= maxBytes) throw error;
  }
  response.destroy();
  if (sizeBytes > maxBytes) throw new PageFailure(`an answer of more than ${maxBytes / 1e6} MB`);
  return new Uint8Array(Buffer.concat(chunks));
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens there',
  ECONNRESET: 'the server closed the connection',
  ENOTFOUND: 'no host of that name',
  EAI_AGAIN: 'the name of the host cannot be looked up',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ETIMEDOUT: 'the host does not answer',
  EPIPE: 'the server closed the connection',
  ERR_STREAM_PREMATURE_CLOSE: 'the server closed the connection',
};

/** Only codes are shown: messages may hold what was sent. */
function whyNot(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return whyNot(error.errors[0]);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (REASONS[code] !== undefined) return REASONS[code];
  if (code.startsWith('HPE_')) return 'what answers speaks no HTTP';
  if (code.startsWith('Z_') || code === 'ERR_BUFFER_TOO_LARGE') return 'the answer cannot be unpacked';
  if (/CERT|SELF_SIGNED|TLS|SSL|ALTNAME/.test(code)) return `its certificate is not accepted (${code})`;
  return systemCode(error) ?? (code === '' ? 'the request failed' : code);
}
