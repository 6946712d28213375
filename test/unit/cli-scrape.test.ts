// A recorder against servers that behave in every way.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { parseHeaders, parsePace, parseUrl, publicAddress } from '../../src/cli/scrape-flags.ts';
import { Recorder } from '../../src/cli/scrape-recorder.ts';
import { fetchPage, PageFailure } from '../../src/platform/node/index.ts';
import { stampedPage } from '../../src/readers/prometheus/stamp.ts';
import { COMMAND, freshFolder, traceconv } from '../golden/command.ts';
import { metricIn, readPage } from '../support/page-metrics.ts';
import { diagnosticCounts } from '../support/reading.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await stopped(server);
});
afterAll(() => expect(servers).toEqual([]));

async function stopped(server: Server): Promise<void> {
  server.closeAllConnections();
  if (server.listening) await new Promise((resolve) => server.close(resolve));
}

async function serving(listener: RequestListener, port = 0): Promise<{ server: Server; port: number; url: string }> {
  const server = createServer(listener).listen(port, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  return { server, port: address.port, url: `http://127.0.0.1:${address.port}/metrics` };
}

const page = (n: number): string =>
  `# HELP vllm:generation_tokens_total Tokens.\n# TYPE vllm:generation_tokens_total counter\nvllm:generation_tokens_total{model_name="m"} ${n}.0\npython_info 1\n`;

/** A server that has counted once more each time it is asked. */
function counting(): RequestListener {
  let n = 0;
  return (_, response) => response.end(page(++n));
}

async function recorded(
  url: string,
  { everyMs = 20, forMs = 500, timeoutMs = 2000 } = {},
  heard: string[] = [],
): Promise<{ text: string; recorder: Recorder }> {
  const recorder = new Recorder(
    { url: new URL(url), headers: new Map(), timeoutMs },
    undefined,
    new AbortController().signal,
  );
  let text = '';
  for await (const piece of recorder.record({ everyMs, forMs, timeoutMs }, (line) => heard.push(line))) text += piece;
  return { text, recorder };
}

describe('a page with times', () => {
  it('has samples as they were written, and each type once', () => {
    const said = new Set<string>();
    const first = stampedPage(new TextEncoder().encode(page(1)), 1000, said);
    const second = stampedPage(new TextEncoder().encode('vllm:x{a="} 1"} 5 99 # {} 1\r\nnonsense here\n'), 2000, said);
    expect(first.text).toBe(
      '# TYPE vllm:generation_tokens_total counter\nvllm:generation_tokens_total{model_name="m"} 1.0 1000\n',
    );
    expect(second).toMatchObject({ text: 'vllm:x{a="} 1"} 5 2000\n', keptCount: 1, sampleCount: 1 });
    expect(stampedPage(new TextEncoder().encode(page(1)), 1000, said).text).not.toContain('# TYPE');
  });

  it('has those samples alone that are wanted', () => {
    const { text, sampleCount } = stampedPage(
      new TextEncoder().encode(page(1)),
      7,
      new Set(),
      (name) => name === 'python_info',
    );
    expect([text, sampleCount]).toEqual(['python_info 1 7\n', 2]);
  });
});

describe('asking for a page', () => {
  const ask = (url: string, more: Partial<Parameters<typeof fetchPage>[0]> = {}): ReturnType<typeof fetchPage> =>
    fetchPage({ url: new URL(url), headers: new Map(), timeoutMs: 2000, maxBytes: 100_000, ...more });
  const textAt = async (url: string): Promise<string> => new TextDecoder().decode((await ask(url)).body);

  it('unpacks it', async () => {
    const { url } = await serving((_, response) =>
      response.setHeader('content-encoding', 'gzip').end(gzipSync(page(3))),
    );
    expect(await textAt(url)).toBe(page(3));
  });

  it.each<[string, RequestListener, RegExp]>([
    [
      'drips',
      (_, response) => {
        response.write('vllm:');
        const timer = setInterval(() => response.write('x'), 20);
        response.on('close', () => clearInterval(timer));
      },
      /within 0\.3 s/,
    ],
    ['is silent', () => undefined, /within 0\.3 s/],
    [
      'never ends',
      (_, response) => {
        const more = (): void => {
          while (response.write('x'.repeat(50_000)));
          response.once('drain', more);
        };
        more();
      },
      /more than 0\.1 MB/,
    ],
    [
      'unpacks to more than it is',
      (_, response) => response.setHeader('content-encoding', 'gzip').end(gzipSync('x'.repeat(200_000))),
      /more than 0\.1 MB/,
    ],
    ['is no gzip', (_, response) => response.setHeader('content-encoding', 'gzip').end('hello'), /cannot be unpacked/],
    [
      'is encoded in an unknown way',
      (_, response) => response.setHeader('content-encoding', 'br').end('hello'),
      /encoded as br/,
    ],
    [
      'breaks off',
      (_, response) => {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('x');
        setTimeout(() => response.destroy(), 20);
      },
      /closed the connection/,
    ],
    [
      'says how long it is in no number',
      ({ socket }) => socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nvllm:\r\nzz\r\n'),
      /closed the connection|speaks no HTTP/,
    ],
    [
      'is half of what was packed',
      (_, response) => response.setHeader('content-encoding', 'gzip').end(gzipSync(page(3)).subarray(0, 40)),
      /cannot be unpacked/,
    ],
    [
      'leads around in a circle',
      (_, response) => response.writeHead(302, { location: '/metrics' }).end(),
      /more than 5 redirects/,
    ],
    [
      'leads to a file',
      (_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
      /no http or https page/,
    ],
  ])('fails where the answer %s', async (_, listener, why) => {
    const { url } = await serving(listener);
    const failure = await ask(url, { timeoutMs: 300 }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PageFailure);
    expect((failure as Error).message).toMatch(why);
  });

  it('fails where nobody listens', async () => {
    const { server, url } = await serving(counting());
    await stopped(server);
    await expect(ask(url)).rejects.toThrow('nobody listens there');
  });

  it('sends credentials to whom they are for, and not to whom that one sends it on', async () => {
    const heard: unknown[] = [];
    const other = await serving((request, response) => {
      heard.push(request.headers.authorization, request.headers['x-key']);
      response.end(page(1));
    });
    const { port } = await serving((request, response) => {
      heard.push(request.headers.authorization, request.headers['x-key']);
      response.writeHead(302, { location: other.url }).end();
    });
    await ask(`http://me:s%20ecret@127.0.0.1:${port}/`, { headers: new Map([['x-key', 'k']]) });
    expect(heard).toEqual([`Basic ${Buffer.from('me:s ecret').toString('base64')}`, 'k', undefined, undefined]);
  });
});

describe('a recording', () => {
  it('is read with its rates', async () => {
    const { url } = await serving(counting());
    const { text, recorder } = await recorded(url);
    expect(recorder.scrapeCount).toBeGreaterThan(1);
    const result = await readPage(text);
    expect(metricIn(result, 'tokens.output').value).toBe(recorder.scrapeCount - 1);
    expect(metricIn(result, 'output_tok_s').value).toBeGreaterThan(0);
    expect(result.diagnostics.list()).toEqual([]);
    expect(text).toMatch(/^# recorded by traceconv scrape from http:\/\/127\.0\.0\.1:\d+\/metrics, begun 20\d\d-/);
  });

  it('never asks twice at a time, and leaves out the times that passed meanwhile', async () => {
    let [open, most] = [0, 0];
    const { url } = await serving((_, response) => {
      most = Math.max(most, ++open);
      setTimeout(() => {
        open--;
        response.end(page(1));
      }, 70);
    });
    const { recorder } = await recorded(url, { everyMs: 20, forMs: 400 });
    expect(most).toBe(1);
    expect(recorder.lateCount).toBeGreaterThan(recorder.scrapeCount);
    expect(recorder.lateCount + recorder.scrapeCount).toBeLessThanOrEqual(21);
  });

  it('goes on when the server dies and comes back, and names the gap', async () => {
    let count = 0;
    const { url } = await serving((_, response) => {
      count++;
      if (count === 3) response.writeHead(502, { 'content-type': 'text/html' }).end('<html>');
      else if (count === 4) response.destroy();
      else response.end(page(count));
    });
    const heard: string[] = [];
    const { text, recorder } = await recorded(url, { everyMs: 30, forMs: 600 }, heard);
    expect(recorder.missedCount).toBe(2);
    expect(heard).toEqual(['no metrics: an answer with status 502; still asking', 'the server answers again']);
    expect(text.match(/^# no scrape from \S+Z to \S+Z, asked 2 times: .*502$/gm)).toHaveLength(1);
    expect(diagnosticCounts((await readPage(text)).diagnostics)).toEqual({ scrape_missed: 1 });
  });

  it('that ends in a gap names it, too', async () => {
    let count = 0;
    const { url } = await serving((_, response) => (++count > 1 ? response.destroy() : response.end(page(1))));
    expect((await recorded(url)).text).toMatch(/# no scrape from .*closed the connection\n$/);
  });

  it('says that lines of a page are no samples, once', async () => {
    const heard: string[] = [];
    const { url } = await serving((_, response) => response.end(`${page(1)}\nvllm:x{ 1\n`));
    expect((await recorded(url, {}, heard)).recorder.scrapeCount).toBeGreaterThan(1);
    expect(heard).toEqual(['left out of the page: 1 line without a sample']);
  });

  it('holds no line that a server says in place of metrics', async () => {
    let count = 0;
    const title = '<html><title>gone\nfor  now\n</title>';
    const { url } = await serving((_, response) => response.end(++count > 1 ? title : page(1)));
    const { text } = await recorded(url);
    expect(text).toMatch(/\n# no scrape from .*\(HTML: gone for now\)\n$/);
  });

  it.each<[string, RequestListener, string]>([
    [
      'HTML',
      (_, response) => response.setHeader('content-type', 'text/html').end('<!doctype html><title>Sign in</title>'),
      'a page for a browser (HTML: Sign in)',
    ],
    [
      'JSON',
      (_, response) => response.setHeader('content-type', 'application/json').end('{"detail":"x"}'),
      'no metrics but application/json: "{\\"detail\\":\\"x\\"}"',
    ],
    ['nothing', (_, response) => response.end(), 'an empty answer'],
    [
      'half a line',
      ({ socket }) => socket.end(`HTTP/1.0 200 OK\r\n\r\n${page(1)}vllm:x 12`),
      'a page that ends in the middle of a line',
    ],
    ['no vLLM', (_, response) => response.end('python_info 1\n'), '1 sample, none of them wanted'],
    ['404', (_, response) => response.writeHead(404).end('x'), 'an answer with status 404'],
    ['401', (_, response) => response.writeHead(401).end('x'), 'a refusal (status 401)'],
  ])('does not begin with %s', async (_, listener, found) => {
    const { url } = await serving(listener);
    await expect(recorded(url)).rejects.toMatchObject({ name: 'InputError', found });
  });
});

describe('flags', () => {
  it('are times with units', () => {
    expect(parsePace({ output: '', every: '1.5s', for: '5m', timeout: '500ms' })).toEqual({
      everyMs: 1500,
      forMs: 300_000,
      timeoutMs: 500,
    });
    for (const every of ['1', '0s', '1d', '-1s', '', '9ms', '600h']) {
      expect(() => parsePace({ output: '', every, timeout: '1s' }), every).toThrow('--every');
    }
  });

  it('say nothing secret when they are wrong', () => {
    expect(publicAddress(parseUrl('http://me:secret@host:8000/metrics?token=secret'))).toBe('http://host:8000/metrics');
    for (const text of ['secret', 'ftp://secret@host', 'http://'])
      expect(() => parseUrl(text)).toThrow(/^(?!.*secret)/);
    for (const line of ['secret', ': secret', 'a b: secret', 'a: sec\nret']) {
      expect(() => parseHeaders([line])).toThrow(/^(?!.*sec)/);
    }
    expect(parseHeaders(['Authorization: Bearer a:b'])).toEqual(new Map([['authorization', 'Bearer a:b']]));
  });
});

describe('traceconv scrape', () => {
  const quick = ['--every', '20ms', '--for', '900ms'];

  it('writes a file that is read, without credentials', async () => {
    const heard: unknown[] = [];
    const count = counting();
    const { port } = await serving((request, response) => {
      heard.push(request.headers['x-key']);
      count(request, response);
    });
    const folder = freshFolder();
    const url = `http://me:secret@127.0.0.1:${port}/metrics?token=secret`;
    const { exitCode, stderr } = await traceconv(
      ['scrape', url, ...quick, '--header', 'X-Key: secret', '-o', 'run.prom.gz'],
      { cwd: folder },
    );
    expect([exitCode, stderr]).toEqual([0, expect.stringMatching(/^\d+ scrapes? -> run\.prom\.gz/)]);
    expect(heard[0]).toBe('secret');
    const text = gunzipSync(readFileSync(join(folder, 'run.prom.gz'))).toString();
    expect(text + stderr).not.toContain('secret');
    const inspected = await traceconv(['inspect', 'run.prom.gz'], { cwd: folder });
    expect(new TextDecoder().decode(inspected.stdout)).toMatch(
      /facts .*run\.prom\.gz .*metrics: \d+ rows[^]*vLLM m +output_tok_s +counter/,
    );
  });

  it('ends well on Ctrl-C and keeps what it has', async () => {
    const { url } = await serving(counting());
    const path = join(freshFolder(), 'run.prom');
    const child = spawn(process.execPath, [COMMAND, 'scrape', url, '--every', '20ms', '-o', path]);
    const ended = once(child, 'close');
    while (!existsSync(path) || statSync(path).size < 500) await new Promise((resolve) => setTimeout(resolve, 10));
    child.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
    expect(metricIn(await readPage(readFileSync(path, 'utf8')), 'tokens.output').value).toBeGreaterThan(0);
  });

  it.each([
    ['where nobody listens', 'http://127.0.0.1:1/metrics', 7],
    ['with a wrong address', '127.0.0.1:8000/metrics', 2],
  ])('%s touches no file', async (_, url, code) => {
    const folder = freshFolder();
    writeFileSync(join(folder, 'run.prom'), 'precious');
    const { exitCode, stderr } = await traceconv(['scrape', url, ...quick, '-o', 'run.prom'], { cwd: folder });
    expect(exitCode).toBe(code);
    expect(stderr).toContain('hint: ');
    expect(readFileSync(join(folder, 'run.prom'), 'utf8')).toBe('precious');
  });

  it('of HTML is an error of the input', async () => {
    const { url } = await serving((_, response) => response.end('<html><title>Hello</title></html>'));
    const { exitCode, stderr } = await traceconv(['scrape', url, ...quick, '-o', 'run.prom'], { cwd: freshFolder() });
    expect([exitCode, stderr]).toEqual([3, expect.stringContaining('HTML: Hello')]);
  });

  it('to a folder that is not there is an error of the machine', async () => {
    const { url } = await serving(counting());
    const { exitCode } = await traceconv(['scrape', url, ...quick, '-o', 'none/run.prom'], { cwd: freshFolder() });
    expect(exitCode).toBe(7);
  });

  it('to standard output', async () => {
    const { url } = await serving(counting());
    const { exitCode, stdout } = await traceconv(['scrape', url, ...quick, '-o', '-']);
    expect(exitCode).toBe(0);
    expect(metricIn(await readPage(new TextDecoder().decode(stdout)), 'tokens.output').value).toBeGreaterThan(0);
  });
});
