// DecompressionStream as browsers have it, on node:zlib. Node's own is another one: it takes members one after the other,
// and forgets what it unpacked when it fails.
import { gunzipSync, inflateRawSync, constants } from 'node:zlib';

const AS_FAR_AS_IT_GOES = { finishFlush: constants.Z_SYNC_FLUSH };
const [HEAD_BYTES, CHECK_BYTES] = [10, 8];

/** Takes one member and refuses what is behind it, without saying where that begins. */
export class BrowserGunzip extends TransformStream<Uint8Array, Uint8Array> {
  constructor() {
    let taken = new Uint8Array(0);
    let toldBytes = 0;
    super({
      transform(piece, controller) {
        taken = Uint8Array.from([...taken, ...piece]);
        if (taken.length <= HEAD_BYTES) return;
        const unpacked = gunzipSync(taken, AS_FAR_AS_IT_GOES);
        if (taken.length > memberBytes(taken)) throw new TypeError('Junk found after end of compressed data.');
        // Several chunks at a time, as browsers do.
        for (const half of [0, 1]) {
          const to = half === 0 ? toldBytes + ((unpacked.length - toldBytes) >> 1) : unpacked.length;
          if (to > toldBytes) controller.enqueue(new Uint8Array(unpacked.subarray(toldBytes, to)));
          toldBytes = to;
        }
      },
      flush() {
        gunzipSync(taken);
      },
    });
  }
}

function memberBytes(bytes: Uint8Array): number {
  const deflated = bytes.subarray(HEAD_BYTES);
  const { engine } = inflateRawSync(deflated, { ...AS_FAR_AS_IT_GOES, info: true }) as unknown as {
    engine: { bytesWritten: number };
  };
  return HEAD_BYTES + engine.bytesWritten + CHECK_BYTES;
}
