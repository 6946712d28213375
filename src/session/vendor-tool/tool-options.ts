/** When the vendor's own tool reads a capture: where it tells names that we do not know, in place of us, or never. */
export const TOOL_USES = ['auto', 'always', 'never'] as const;
export type ToolUse = (typeof TOOL_USES)[number];

export interface VendorToolOptions {
  readonly use?: ToolUse | undefined;
  /** The program; looked for by its name where nothing is said. */
  readonly path?: string | undefined;
  /** What it may take. */
  readonly timeMs?: number | undefined;
}

export const TOOL_TIME_MS = 10 * 60_000;
