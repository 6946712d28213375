/** What a page of the viewer may load, as a Content-Security-Policy: of the form that the build writes it in. */
export interface PageSources {
  readonly scripts: string;
  readonly styles: string;
  readonly connections: string;
  readonly workers: string;
}

/** The page, its files beside it. */
export const FOLDER_SOURCES: PageSources = {
  scripts: "'self'",
  styles: "'self'",
  connections: "'self'",
  workers: "'self' blob:",
};

/** WebAssembly is compiled from bytes that the scripts bring along; a worker from a blob has the policy of its page. */
export function contentPolicy({ scripts, styles, connections, workers }: PageSources): string {
  return [
    "default-src 'none'",
    `script-src ${scripts} 'wasm-unsafe-eval'`,
    `style-src ${styles}`,
    `connect-src ${connections}`,
    "img-src 'self' data: blob:",
    `worker-src ${workers}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
