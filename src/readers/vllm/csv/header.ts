import { isIgnored, isSetting, labelCalled, metricCalled, type MetricMeaning, ownMetric } from '../names.ts';

/** combined: of mttransformer.perf_test. converted: keys of results as columns. */
export type ResultTable = 'combined' | 'converted';

/** What a column is where its header tells; `open` ones are told by their cells. */
export type ColumnMeaning =
  | { readonly kind: 'label'; readonly label: string }
  | { readonly kind: 'metric'; readonly metric: MetricMeaning }
  | { readonly kind: 'open' }
  | { readonly kind: 'ignored' };

/** Figures that only benchmarks of serving have; a table needs one, and two more known columns. */
const SERVING = /^((ttft|tpot|itl|e2el)\.|req_s$|(input|output|total)_tok_s$)/;
const FEWEST_KNOWN = 3;

export class HeaderMeaning {
  readonly columns: readonly ColumnMeaning[];
  readonly kind: ResultTable | undefined;

  constructor(names: readonly string[]) {
    const labels = new Set(names.flatMap((name) => labelCalled(name) ?? []));
    const hasLengths = labels.has('prefill') || labels.has('decode') || labels.has('input_len');
    const isCombined = labels.has('batch') && hasLengths;
    this.columns = names.map((name) => meaningOf(name, isCombined));
    const known = this.columns.filter(({ kind }) => kind !== 'open');
    const metrics = this.columns.flatMap((column) => (column.kind === 'metric' ? [column] : []));
    if (isCombined && metrics.length > 0) this.kind = 'combined';
    else if (known.length >= FEWEST_KNOWN && metrics.some(({ metric }) => SERVING.test(metric.id))) {
      this.kind = 'converted';
    }
  }
}

function meaningOf(name: string, isCombined: boolean): ColumnMeaning {
  if (isIgnored(name) || name === '') return { kind: 'ignored' };
  const label = labelCalled(name);
  if (label !== undefined) return { kind: 'label', label };
  const known = metricCalled(name, isCombined);
  if (known !== undefined) return { kind: 'metric', metric: known };
  if (isSetting(name)) return { kind: 'label', label: name };
  const own = ownMetric(name);
  // Without a unit only the cells tell whether it is a number.
  return own.unit === 'count' ? { kind: 'open' } : { kind: 'metric', metric: own };
}
