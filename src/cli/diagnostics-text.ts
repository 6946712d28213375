import { type Diagnostic, type Diagnostics, formatPlace } from '../base/index.ts';
import { formatCount } from '../report/format.ts';
import { styled, visible } from '../report/text/style.ts';

const SEVERITY_WORDS = {
  data_loss: styled('lost', 'red'),
  warning: styled('warning', 'yellow'),
  info: styled('note', 'dim'),
} as const;

/** One line per kind of finding, the worst first; its places under it where asked for. */
export function describeDiagnostics(diagnostics: Diagnostics, options: { readonly withPlaces: boolean }): string[] {
  const worstFirst = ['data_loss', 'warning', 'info'] as const;
  const sorted = worstFirst.flatMap((severity) => diagnostics.list().filter((each) => each.severity === severity));
  return sorted.flatMap((each) => [headline(each), ...(options.withPlaces ? places(each) : [])]);
}

function headline({ severity, message, count, places }: Diagnostic): string {
  const first = places[0] === undefined ? '' : ` (first: ${visible(formatPlace(places[0].place))})`;
  return `${SEVERITY_WORDS[severity]}: ${message}: ${formatCount(count)}${severity === 'info' ? '' : first}`;
}

function places({ places, count }: Diagnostic): string[] {
  const lines = places.map(({ place, detail }) => {
    const found = detail === undefined ? '' : `: ${visible(detail)}`;
    return `  at ${visible(formatPlace(place))}${found}`;
  });
  return count > places.length && places.length > 0
    ? [...lines, `  and ${formatCount(count - places.length)} more`]
    : lines;
}
