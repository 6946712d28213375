import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { InputError } from '../../../src/base/index.ts';
import { NodeHost } from '../../../src/platform/node/index.ts';
import { parseHost } from '../../../src/server/listen-host.ts';
import { ServedRun } from '../../../src/server/served-run.ts';
import { ViewServer } from '../../../src/server/view-server.ts';
import { decodeAnswer } from '../../../src/session/requests/codec.ts';
import { openViewedRun } from '../../../src/session/requests/open-viewed-run.ts';
import { fixturesRoot } from '../../support/project.ts';

const CAPTURE = join(fixturesRoot, 'ascend-msprof-json', 'decode-2026');
const TOOL = { name: 'traceconv', version: 'test' };

const host = new NodeHost();
const good = new ServedRun('good', (onProgress) => openViewedRun('good', [CAPTURE], host, { onProgress }, TOOL));
const bad = new ServedRun('bad', () => {
  throw new InputError('no_trace', { at: { path: 'x' }, expected: 'a trace', found: 'a poem', hint: 'ask the poet' });
});
const slow = new ServedRun('slow', (onProgress) => {
  onProgress(1, 4);
  return new Promise(() => undefined);
});
const LOCAL = parseHost('127.0.0.1');
let server: ViewServer;

beforeAll(async () => {
  await Promise.all([good.load(), bad.load()]);
  void slow.load();
  server = await ViewServer.listen([good, bad, slow], { host: LOCAL, port: undefined });
});
afterAll(async () => {
  await server.close();
  await host.close();
});

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Sends no token. */
  readonly isStranger?: boolean;
}

interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly text: string;
}

/** The path goes out as it is: fetch would tidy it up. */
function ask(path: string, { method = 'GET', headers = {}, body, isStranger = false }: Asked = {}): Promise<Got> {
  const known = isStranger ? {} : { authorization: `Bearer ${server.token}` };
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port: server.port, path, method, headers: { ...known, ...headers } },
      (response) => {
        const chunks: Uint8Array[] = [];
        response.on('data', (chunk: Uint8Array) => chunks.push(chunk));
        response.on('end', () => {
          const bytes = Uint8Array.from(Buffer.concat(chunks));
          const text = new TextDecoder().decode(bytes);
          resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes, text });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

const JSON_TYPE = { 'content-type': 'application/json' };
const post = (path: string, body: string, headers: Readonly<Record<string, string>> = JSON_TYPE): Promise<Got> =>
  ask(path, { method: 'POST', headers, body });

describe('who may ask', () => {
  test.each(['/', '/api/runs', '/assets/x.js', '/nothing'])('nobody without the token: %s', async (path) => {
    expect((await ask(path, { isStranger: true })).status).toBe(403);
  });

  test('nobody with a wrong token, however it is sent', async () => {
    const wrong = server.token.slice(0, -1);
    expect((await ask(`/?token=${wrong}`, { isStranger: true })).status).toBe(403);
    expect((await ask('/', { headers: { authorization: `Bearer ${wrong}` } })).status).toBe(403);
    expect((await ask('/', { isStranger: true, headers: { cookie: `traceconv-1=${server.token}` } })).status).toBe(403);
  });

  test('who opens the printed address, and from then on by the cookie', async () => {
    const first = await ask(`/?token=${server.token}`, { isStranger: true });
    expect(first.status).toBe(200);
    const [cookie] = first.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
    const [pair] = cookie.split(';');
    const again = await ask('/api/runs', { isStranger: true, headers: { cookie: `other=1; ${pair}` } });
    expect(again.status).toBe(200);
    expect(again.headers['set-cookie']).toBeUndefined();
  });

  test('the token in an address opens the page and nothing else, so no link to an answer holds it', async () => {
    expect((await ask(`/api/runs?token=${server.token}`, { isStranger: true })).status).toBe(403);
  });

  test('the one for whom a browser is opened, whose address others may read afterwards', async () => {
    const once = `/?token=${server.visitToken}`;
    expect(server.visitToken).not.toBe(server.token);
    // Whoever looks what is there uses nothing up.
    expect((await ask(once, { isStranger: true, method: 'HEAD' })).status).toBe(403);
    expect((await ask('/api/runs', { headers: { authorization: `Bearer ${server.visitToken}` } })).status).toBe(403);
    const first = await ask(once, { isStranger: true });
    expect([first.status, String(first.headers['set-cookie']).includes(server.token)]).toEqual([200, true]);
    expect((await ask(once, { isStranger: true })).status).toBe(403);
  });

  test('nobody under a name that leads here and is not ours', async () => {
    const led = ['evil.example', 'evil.example:80', '127.0.0.1.evil.example', 'localhost.evil.example:1', 'localhost.'];
    const odd = ['0.0.0.0', '127.1', '2130706433', '::1', '[::ffff:127.0.0.1]', 'evil@localhost', 'localhost:1:2'];
    for (const host of [...led, ...odd]) {
      expect((await ask('/api/runs', { headers: { host } })).status, host).toBe(403);
    }
  });

  test('who comes through a tunnel, from another port', async () => {
    for (const host of ['localhost:9000', '127.0.0.1:9000', '[::1]:9000', 'LOCALHOST']) {
      expect((await ask('/api/runs', { headers: { host } })).status, host).toBe(200);
    }
  });

  test('no page of another origin, even where the browser sends the cookie along', async () => {
    for (const origin of ['https://evil.example', 'null', `http://127.0.0.1:${server.port + 1}`, 'http://localhost']) {
      expect((await post('/api/0/run', '{}', { ...JSON_TYPE, origin })).status, origin).toBe(403);
    }
    const own = `http://127.0.0.1:${server.port}`;
    expect((await post('/api/0/run', '{}', { ...JSON_TYPE, origin: own })).status).toBe(200);
    for (const site of ['cross-site', 'same-site', 'none']) {
      expect((await ask('/api/runs', { headers: { 'sec-fetch-site': site } })).status, site).toBe(403);
    }
  });
});

describe('what is served', () => {
  test('the page, which asks the server, and every file that it names', async () => {
    const page = await ask('/');
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.text).toContain('<meta name="traceconv-runs" content="server"');
    const named = [...page.text.matchAll(/(?:src|href)="\.(\/[^"]+)"/g)].map(([, path]) => path);
    expect(named.length).toBeGreaterThan(0);
    for (const path of named) expect((await ask(path)).status, path).toBe(200);
  });

  test.each([
    '/../package.json',
    '/assets/../../package.json',
    '/assets/..%2f..%2fpackage.json',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/assets/%252e%252e%252fpackage.json',
    '/..\\package.json',
    '//etc/passwd',
    '//evil.example/',
    '//evil.example/api/runs',
    '/etc/passwd',
    '/index.html',
    '/viewer.html',
    '/assets/',
    '/assets/constructor',
    '/__proto__',
    '/%00',
    '/api',
    '/api/0',
    '/api/0/run/1',
    '/api/-1/run',
  ])('nothing else: %s', async (path) => {
    const { status, text } = await ask(path);
    expect(status).toBe(404);
    expect(JSON.parse(text)).toMatchObject({ code: 'not_found' });
  });

  test.each([
    ['PUT', '/', 'GET, HEAD'],
    ['POST', '/', 'GET, HEAD'],
    ['DELETE', '/api/runs', 'GET, HEAD'],
    ['GET', '/api/0/run', 'POST'],
    ['OPTIONS', '/api/0/run', 'POST'],
  ])('not by another method: %s %s', async (method, path, allow) => {
    const { status, headers } = await ask(path, { method });
    expect([status, headers.allow]).toEqual([405, allow]);
  });

  test('HEAD is GET without the body', async () => {
    const { status, headers, bytes } = await ask('/', { method: 'HEAD' });
    expect([status, bytes.length, Number(headers['content-length']) > 100]).toEqual([200, 0, true]);
  });

  test('under a policy that allows scripts and styles of its own files alone', async () => {
    for (const path of ['/', '/api/runs', '/nothing']) {
      const { headers } = await ask(path);
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
      expect(policy).toContain("style-src 'self';");
      expect(policy).toContain("connect-src 'self';");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')|https?:|\*/);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });
});

describe('a port', () => {
  test('that is taken is told, one that nobody asked for is another one', async () => {
    const { port } = server;
    await expect(ViewServer.listen([], { host: LOCAL, port })).rejects.toMatchObject({ code: 'no_listen' });
    const second = await ViewServer.listen([], { host: LOCAL, port: undefined });
    expect(second.port).not.toBe(port);
    await second.close();
  });
});

describe('requests', () => {
  test('say of each run whether it can be asked; one that failed takes no other with it', async () => {
    expect(JSON.parse((await ask('/api/runs')).text)).toEqual([
      { name: 'good', state: 'ready' },
      {
        name: 'bad',
        state: 'failed',
        code: expect.any(String),
        why: 'x: expected a trace, found a poem',
        hint: 'ask the poet',
      },
      { name: 'slow', state: 'loading', share: 0.25 },
    ]);
  });

  test('are answered in bytes', async () => {
    const { status, headers, bytes } = await post('/api/0/run', '{}');
    expect([status, headers['content-type']]).toEqual([200, 'application/octet-stream']);
    expect(decodeAnswer(bytes.buffer)).toMatchObject({ json: { name: 'good', sliceCount: 712 } });
  });

  test.each([
    ['no JSON', '/api/0/run', '{', 400, { code: 'bad_json', expected: 'JSON', found: '{' }],
    ['no object', '/api/0/run', '[]', 400, { code: 'ask_wrong' }],
    ['a field nobody knows', '/api/0/slice', '{"track":0,"slice":0,"x":1}', 400, { code: 'ask_wrong' }],
    ['a wrong field', '/api/0/slice', '{"track":"0","slice":0}', 400, { code: 'ask_wrong' }],
    ['a track that is not there', '/api/0/slice', '{"track":1e9,"slice":0}', 400, { code: 'ask_wrong' }],
    ['an unknown request', '/api/0/constructor', '{}', 400, { code: 'request_unknown' }],
    ['an unknown run', '/api/3/run', '{}', 404, { code: 'no_run' }],
    ['a run that failed', '/api/1/run', '{}', 400, { code: 'no_trace', expected: 'a trace', found: 'a poem' }],
    ['a run that is being read', '/api/2/run', '{}', 409, { code: 'loading' }],
  ])('are refused with what was expected: %s', async (_, path, body, status, failure) => {
    const got = await post(path, body);
    expect(got.status).toBe(status);
    expect(JSON.parse(got.text)).toMatchObject(failure);
  });

  test('are refused as anything but JSON, which forms of other pages cannot send', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp']) {
      expect((await post('/api/0/run', '{}', { 'content-type': type })).status, type).toBe(415);
    }
  });

  test('are refused beyond a megabyte', async () => {
    const long = JSON.stringify({ tracks: 'x'.repeat(2 << 20) });
    expect((await post('/api/0/run', long)).status).toBe(413);
  });
});
