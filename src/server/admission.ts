import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { hostname, networkInterfaces } from 'node:os';
import type { ListenHost } from './listen-host.ts';

/** Names of a machine that no page of another origin can have made its own. */
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

export type Verdict =
  | { readonly admitted: true; readonly setCookie: string | undefined }
  | { readonly admitted: false; readonly why: string };

/**
 * Who may ask: whoever knows the token, from a page that came from here. The address that is printed has the token; from
 * then on a cookie has it, so that no link that somebody copies does. Programs send it as `Authorization: Bearer`.
 */
export class Admission {
  readonly token = newToken();
  /** Good for one visit, so it may stand where others of the machine can read it: in the command line of a browser. */
  readonly visitToken = newToken();
  #isVisited = false;
  /** Cookies are shared by all ports of a host, so each server has a name of its own. */
  readonly #cookieName = `traceconv-${randomBytes(4).toString('hex')}`;
  readonly #hosts: ReadonlySet<string>;

  constructor(host: ListenHost) {
    this.#hosts = new Set([...LOOPBACK, ...namesOf(host)]);
  }

  judge({ headers, method }: IncomingMessage, url: URL): Verdict {
    const { host = '', origin, authorization } = headers;
    if (!this.#hosts.has(nameIn(host))) return refused(`this server does not go by the name ${host}`);
    if (origin !== undefined && origin !== `http://${host}`) return refused(`pages of ${origin} may not ask here`);
    const site = headers['sec-fetch-site'];
    // A link on another page may lead here, but nothing else of another page.
    if (url.pathname !== '/' && site !== undefined && site !== 'same-origin')
      return refused('only its own page may ask');
    const known = cookieIn(headers.cookie, this.#cookieName) ?? /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
    if (isSame(known, this.token)) return { admitted: true, setCookie: undefined };
    const given = url.pathname === '/' ? url.searchParams.get('token') : null;
    if (isSame(given, this.token) || (method === 'GET' && this.#isVisit(given))) {
      return { admitted: true, setCookie: `${this.#cookieName}=${this.token}; HttpOnly; SameSite=Strict; Path=/` };
    }
    return refused('the token is missing or wrong: open the address that traceconv printed');
  }

  #isVisit(given: string | null): boolean {
    if (this.#isVisited || !isSame(given, this.visitToken)) return false;
    this.#isVisited = true;
    return true;
  }
}

function newToken(): string {
  return randomBytes(24).toString('base64url');
}

/** Takes as long for any wrong token. */
function isSame(given: string | null | undefined, token: string): boolean {
  return typeof given === 'string' && timingSafeEqual(digest(given), digest(token));
}

function refused(why: string): Verdict {
  return { admitted: false, why };
}

function digest(text: string): Uint8Array {
  return createHash('sha256').update(text).digest();
}

/** What a machine goes by that listens on a host: a page with a name of its own could make that name lead here. */
function namesOf({ name, isEverywhere }: ListenHost): string[] {
  if (!isEverywhere) return [name];
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return [
    hostname().toLowerCase(),
    ...addresses.map(({ address, family }) => (family === 'IPv6' ? `[${address}]` : address)),
  ];
}

/** Without the port: over a tunnel it is another one. */
function nameIn(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase();
}

function cookieIn(header: string | undefined, name: string): string | undefined {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}
