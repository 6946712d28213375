import { createServer, type IncomingMessage, type Server } from 'node:http';
import { EnvironmentError } from '../base/index.ts';
import { encodeAnswer } from '../session/requests/codec.ts';
import { type Failure, failureOf } from '../session/requests/failure.ts';
import { answer } from '../session/requests/handlers.ts';
import { Admission } from './admission.ts';
import type { ListenHost } from './listen-host.ts';
import { readJson } from './read-json.ts';
import { jsonReply, type Reply, send } from './respond.ts';
import type { ServedRun } from './served-run.ts';
import { type ServedFile, viewerFiles } from './viewer-files.ts';

export interface ServerOptions {
  readonly host: ListenHost;
  /** Undefined: the usual one, or one that is free. */
  readonly port: number | undefined;
}

/** Browsers remember choices by port, so it is the same one where nothing else listens there. */
const USUAL_PORT = 9417;

/** Serves the viewer's page and answers its requests about runs. */
export class ViewServer {
  readonly #server: Server;
  readonly #runs: readonly ServedRun[];
  readonly #files: ReadonlyMap<string, ServedFile>;
  readonly #admission: Admission;

  private constructor(runs: readonly ServedRun[], files: ReadonlyMap<string, ServedFile>, host: ListenHost) {
    this.#runs = runs;
    this.#files = files;
    this.#admission = new Admission(host);
    this.#server = createServer((request, response) => {
      const replied = this.#reply(request).catch((error: unknown) => failed(500, failureOf(error)));
      void replied.then((reply) => send(response, reply));
    });
  }

  static async listen(runs: readonly ServedRun[], { host, port }: ServerOptions): Promise<ViewServer> {
    const served = new ViewServer(runs, await viewerFiles(), host);
    if (port !== undefined) await served.#listen(host, port);
    else await served.#listen(host, USUAL_PORT).catch(() => served.#listen(host, 0));
    return served;
  }

  #listen({ address, name }: ListenHost, port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const refuse = (error: Error): void => reject(explainListen(error, `${name}:${port}`));
      this.#server.once('error', refuse);
      this.#server.listen(port, address, () => {
        this.#server.off('error', refuse);
        resolve();
      });
    });
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  get token(): string {
    return this.#admission.token;
  }

  /** Instead of the token, once. */
  get visitToken(): string {
    return this.#admission.visitToken;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #reply(request: IncomingMessage): Promise<Reply> {
    const url = urlOf(request);
    if (url === undefined) return failed(400, { code: 'bad_request', what: 'the address cannot be read' });
    const verdict = this.#admission.judge(request, url);
    if (!verdict.admitted) return failed(403, { code: 'refused', what: verdict.why });
    const cookie = verdict.setCookie === undefined ? {} : { 'set-cookie': verdict.setCookie };
    const file = this.#files.get(url.pathname);
    if (file !== undefined) {
      return isReading(request) ? { status: 200, ...file, headers: cookie } : wrongMethod('GET, HEAD');
    }
    if (url.pathname === '/api/runs') {
      if (!isReading(request)) return wrongMethod('GET, HEAD');
      return jsonReply(
        200,
        this.#runs.map(({ state }) => state),
      );
    }
    const [, run, name] = /^\/api\/(\d{1,6})\/([A-Za-z]{1,40})$/.exec(url.pathname) ?? [];
    if (name === undefined) return failed(404, { code: 'not_found', what: 'there is nothing at this address' });
    return request.method === 'POST' ? this.#ask(Number(run), name, request) : wrongMethod('POST');
  }

  async #ask(run: number, name: string, request: IncomingMessage): Promise<Reply> {
    const served = this.#runs[run];
    if (served === undefined) return failed(404, { code: 'no_run', what: `there is no run ${run}` });
    try {
      const ask = await readJson(request);
      const bytes = encodeAnswer(await answer(served.viewed, name, ask));
      return { status: 200, type: 'application/octet-stream', bytes };
    } catch (error) {
      const failure = failureOf(error);
      return failed(STATUS_OF[failure.code] ?? 400, failure);
    }
  }
}

/** Everything else that goes wrong is wrong with what was asked. */
const STATUS_OF: Readonly<Record<string, number>> = {
  ...{ bug: 500, loading: 409, too_long: 413, not_json: 415, source_changed: 500 },
};

function failed(status: number, failure: Failure, headers?: Readonly<Record<string, string>>): Reply {
  return jsonReply(status, failure, headers);
}

function wrongMethod(allow: string): Reply {
  return failed(405, { code: 'wrong_method', what: `only ${allow} here` }, { allow });
}

function isReading({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** The path as it was sent, only with dots resolved; undefined where it is no path. */
function urlOf({ url = '' }: IncomingMessage): URL | undefined {
  // One that begins with two slashes would name another host if it were resolved.
  const address = `http://local${url}`;
  return url.startsWith('/') && URL.canParse(address) ? new URL(address) : undefined;
}

function explainListen(error: NodeJS.ErrnoException, where: string): EnvironmentError {
  const [why, hint] =
    error.code === 'EADDRINUSE'
      ? ['another program listens there', 'choose another --port, or none']
      : error.code === 'EACCES'
        ? ['no permission to listen there', 'choose a --port above 1023']
        : [error.message, 'choose another --host: an address of this machine'];
  return new EnvironmentError('no_listen', where, `${where}: ${why}`, hint);
}
