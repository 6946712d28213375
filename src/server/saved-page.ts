import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** A page of one file with a saved run in it, gzip as base64. */
export async function savedPage(viewer: string, savedRun: Uint8Array): Promise<string> {
  const end = viewer.lastIndexOf('</body>');
  const text = (await promisify(gzip)(savedRun)).toString('base64');
  return `${viewer.slice(0, end)}<script type="text/plain" id="traceconv-saved">${text}</script>\n${viewer.slice(end)}`;
}
