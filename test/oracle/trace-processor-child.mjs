// One engine, one trace, one process: the engine keeps global state and its memory never shrinks.
// trace-processor.ts starts it with two arguments, the engine's folder and the trace, and speaks over the IPC channel:
//   child: { kind: 'loaded', loadMs, peakRssBytes } or { kind: 'failed', message }, once
//   parent: { id, sql }; child: { kind: 'rows', id, rows } or { kind: 'refused', id, message }
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { runInThisContext } from 'node:vm';

// One frame of the engine's protocol holds 64 MiB at most.
const CHUNK_BYTES = 32 * 1024 * 1024;

const [folder, tracePath] = process.argv.slice(2);
process.on('disconnect', () => process.exit());
try {
  const engine = await bootEngine();
  const loadMs = await loadTrace(engine);
  process.on('message', (request) => answer(engine, request));
  process.send({ kind: 'loaded', loadMs, peakRssBytes: process.resourceUsage().maxRSS * 1024 });
} catch (error) {
  process.send({ kind: 'failed', message: messageOf(error) });
}

/** The glue expects a browser's Worker, and 64-bit memory where the machine has it: only the 32-bit module is shipped. */
async function bootEngine() {
  const scope = { wasmBinary: readFileSync(join(folder, 'trace_processor.wasm')), location: { href: '' } };
  Object.assign(globalThis, { self: scope, WorkerGlobalScope: Object, location: scope.location });
  let glue = readFileSync(join(folder, 'engine_bundle.node.js'), 'utf8');
  glue = replaceOnce(glue, 'this.useMemory64 = hasMemory64Support();', 'this.useMemory64 = false;');
  glue = replaceOnce(glue, 'locateFile: (s) => s,', 'locateFile: (s) => s, wasmBinary: self.wasmBinary,');
  runInThisContext(glue, { filename: 'engine_bundle.node.js' });
  // The engine is compiled synchronously, but finishes its start in a promise.
  await new Promise(setImmediate);

  const { EngineBase } = await import(pathToFileURL(join(folder, 'engine.mjs')).href);
  const port = { onmessage: null, postMessage: (bytes) => setImmediate(() => engine.onRpcResponseBytes(bytes)) };
  class Engine extends EngineBase {
    id = 'oracle';
    mode = 'WASM';
    rpcSendRequestBytes(bytes) {
      port.onmessage({ data: bytes });
    }
  }
  const engine = new Engine();
  scope.onmessage({ data: port });
  return engine;
}

function replaceOnce(text, from, to) {
  const parts = text.split(from);
  if (parts.length !== 2) throw new Error(`engine_bundle.node.js is not the version expected: no single "${from}"`);
  return parts.join(to);
}

async function loadTrace(engine) {
  const started = performance.now();
  const file = openSync(tracePath, 'r');
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  for (let length = readSync(file, chunk); length > 0; length = readSync(file, chunk)) {
    await engine.parse(chunk.subarray(0, length));
  }
  closeSync(file);
  await engine.notifyEof();
  return performance.now() - started;
}

async function answer(engine, { id, sql }) {
  try {
    const result = await engine.query(sql);
    const columns = result.columns();
    const rows = [];
    for (const row = result.iter({}); row.valid(); row.next()) {
      rows.push(Object.fromEntries(columns.map((column) => [column, exact(row.get(column))])));
    }
    process.send({ kind: 'rows', id, rows });
  } catch (error) {
    process.send({ kind: 'refused', id, message: messageOf(error) });
  }
}

/** The engine gives every integer as a bigint; those a number holds exactly become numbers. */
function exact(value) {
  return typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

// The engine rejects with plain strings.
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
