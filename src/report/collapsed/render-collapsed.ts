/**
 * Stacks as lines of "frame;frame;frame ns", which is what scripts for flame graphs read: of each stack the time in its last
 * frame alone, on the host or on devices, as the document is ordered.
 */
import type { ReportDocument } from '../document/report-document.ts';
import { visible } from '../text/style.ts';

export function renderCollapsed({ flame }: Pick<ReportDocument, 'flame'>): string {
  if (flame === null) return '';
  const lines: string[] = [];
  const stack: string[] = [];
  for (const { depth, name, hostSelfNs, deviceSelfNs } of flame.frames) {
    stack.length = depth;
    // What tells frames and stacks apart cannot stand in a name.
    stack.push(visible(name).replaceAll(';', ','));
    const ns = flame.measure === 'host' ? hostSelfNs : deviceSelfNs;
    if (ns > 0) lines.push(`${stack.join(';')} ${ns}\n`);
  }
  return lines.join('');
}
