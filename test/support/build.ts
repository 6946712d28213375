import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Makes sure, once for all tests, that the built command is that of the source. */
export default function build(): void {
  execFileSync(process.execPath, [fileURLToPath(new URL('../../scripts/setup.mjs', import.meta.url))], {
    stdio: 'inherit',
  });
}
