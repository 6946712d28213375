// What the viewer shows of the same run in both of its ways: `node generated-view.mjs <slices>` serves it and says where,
// `node generated-view.mjs <slices> <page.html>` saves it as a page of one file. Making the run is not measured.
import { writeFile } from 'node:fs/promises';
import { argv, stdout } from 'node:process';
import { addressOf } from '../../dist/cli/view-address.js';
import { Diagnostics } from '../../dist/index.js';
import { parseHost } from '../../dist/server/listen-host.js';
import { savedPage } from '../../dist/server/saved-page.js';
import { ServedRun } from '../../dist/server/served-run.js';
import { ViewServer } from '../../dist/server/view-server.js';
import { singleFileViewer } from '../../dist/server/viewer-files.js';
import { saveRun } from '../../dist/session/requests/saved-run.js';
import { ViewedRun } from '../../dist/session/requests/viewed-run.js';
import { generatedTracks } from './generated-tracks.mjs';

const HOST = parseHost('127.0.0.1');
const [sliceCount, savedPath] = argv.slice(2);

const facts = { tool: { name: 'bench', version: '' }, inputs: [], diagnostics: new Diagnostics() };
const viewed = new ViewedRun('generated', await generatedTracks(Number(sliceCount)), facts);
if (savedPath === undefined) await serve();
else await writeFile(savedPath, await savedPage(await singleFileViewer(), await saveRun(viewed)));

/** Until the process is ended. */
async function serve() {
  const startedMs = performance.now();
  const served = new ServedRun('generated', async () => ({ viewed }));
  await served.load();
  const preparedMs = performance.now() - startedMs;
  const { port, token } = await ViewServer.listen([served], { host: HOST, port: 0 });
  stdout.write(`${JSON.stringify({ url: addressOf(HOST, port, token), preparedMs, endNs: viewed.run.endNs })}\n`);
}
