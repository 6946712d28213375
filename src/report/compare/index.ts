/** A comparison for people, for CI systems and for programs. No number is worked out here. */
export { renderGithub } from './github.ts';
export { renderHtml } from './html.ts';
export { renderJson } from './json.ts';
export { renderJunit } from './junit.ts';
export { renderMarkdown } from './markdown.ts';
export { renderText } from './text.ts';
