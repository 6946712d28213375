// Builds the viewer twice from one bundle: dist/viewer as a folder for an HTTP origin, and dist/viewer/viewer.html, one
// file that opens by double click. Module scripts with imports do not load from file://, so there is but one script.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { contentPolicy, FOLDER_SOURCES } from './src/server/content-policy.ts';
import { WORKER_ELEMENT } from './viewer/api/embedded.ts';

const SQLITE = fileURLToPath(new URL('node_modules/sql.js/dist/sql-wasm-inline.js', import.meta.url));
const MANIFEST: { readonly version: string } = JSON.parse(
  readFileSync(new URL('package.json', import.meta.url), 'utf8'),
);
const POLICY = '%POLICY%';

export default defineConfig({
  root: fileURLToPath(new URL('viewer', import.meta.url)),
  base: './',
  publicDir: false,
  // SQLite warns of the modules that it needs in Node alone.
  logLevel: 'error',
  // SQLite with its WebAssembly inside: a page from file:// can load nothing.
  resolve: { alias: { 'sql.js': SQLITE } },
  define: { TRACECONV_VERSION: JSON.stringify(MANIFEST.version) },
  build: {
    outDir: '../dist/viewer',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    chunkSizeWarningLimit: 2000,
    rolldownOptions: { output: { codeSplitting: false } },
  },
  worker: { format: 'iife', rolldownOptions: { output: { codeSplitting: false } } },
  plugins: [pages()],
});

/** Puts the policy into index.html and writes viewer.html beside it. */
function pages(): Plugin {
  return {
    name: 'traceconv-pages',
    enforce: 'post',
    generateBundle(_, bundle) {
      const text = (name: string): string => {
        const file = bundle[name];
        const source = file.type === 'chunk' ? file.code : file.source;
        return typeof source === 'string' ? source : new TextDecoder().decode(source);
      };
      const names = Object.keys(bundle);
      const page = text('index.html');
      const worker = names.find((name) => /worker-[^/]*\.js$/.test(name));
      if (worker === undefined) throw new Error('the bundle has no worker');
      const scripts = names.filter((name) => bundle[name].type === 'chunk').map(text);
      const styles = names.filter((name) => name.endsWith('.css')).map(text);
      this.emitFile({
        type: 'asset',
        fileName: 'viewer.html',
        source: singleFile(page, scripts, styles, text(worker)),
      });
      const index = bundle['index.html'];
      if (index.type === 'asset') index.source = page.replace(POLICY, contentPolicy(FOLDER_SOURCES));
    },
  };
}

/** The page with everything inside. The worker's script is data there, of which the page makes a blob. */
function singleFile(page: string, scripts: readonly string[], styles: readonly string[], worker: string): string {
  const inlineScripts = scripts.map(inScript);
  const policy = contentPolicy({
    scripts: inlineScripts.map(hashOf).join(' '),
    styles: styles.length > 0 ? styles.map(hashOf).join(' ') : "'none'",
    connections: "'none'",
    workers: 'blob:',
  });
  const head = page
    .replace(POLICY, policy)
    .replace(/\s*<(script type="module"|link rel="(stylesheet|modulepreload)")[^>]*>(<\/script>)?/g, '');
  const inside = [
    `<script type="text/plain" id="${WORKER_ELEMENT}">${inScript(worker)}</script>`,
    ...inlineScripts.map((text) => `<script type="module">${text}</script>`),
  ];
  // A function, because $ means something in a replacement that is text.
  return head
    .replace('</head>', () => `${styles.map((text) => `<style>${text}</style>`).join('\n')}\n</head>`)
    .replace('</body>', () => `${inside.join('\n')}\n</body>`);
}

/** Nothing in a script may look like its end, and in code these stand in texts alone. */
function inScript(code: string): string {
  return code.replace(/<(?=\/script|!--)/gi, String.raw`\x3C`);
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
