/** Two open runs: one above the other on one axis of time, and what changed from the base to the head. */
import './compare.css';
import {
  changesOf,
  compareRuns,
  defaultRules,
  hasCommonPhase,
  type RunSummary,
  type Weighed,
} from '../../../src/analysis/compare/index.ts';
import type { Phase } from '../../../src/analysis/index.ts';
import { COMPARE_TEXTS } from '../../../src/locale/compare.ts';
import { finding, remarks } from '../../../src/report/compare/sentences.ts';
import { namesApart } from '../../run-names.ts';
import type { ViewState } from '../../state.ts';
import { type Child, element, labelled, select } from '../../widgets/element.ts';
import type { TableView } from '../../widgets/table.ts';
import type { Panel, PanelContext } from '../panel.ts';
import { type PanelTexts, textsIn } from '../panel-texts.ts';
import { Region } from '../region.ts';
import { AlignedRuns, type ComparedRun } from './aligned-runs.ts';
import { type ChangeTexts, changeTables, mostFirst, opTable } from './change-tables.ts';

export const comparePanel: Panel = {
  id: 'compare',
  create(root, context) {
    const panel = new ComparePanel(root, context);
    return { update: (state, before) => panel.update(state, before), destroy: () => panel.destroy() };
  },
};

/** Base and head as they were reduced. */
interface Summaries {
  readonly base: RunSummary;
  readonly head: RunSummary;
  /** Nothing is a step in both, so each run counts as one. */
  readonly isWholeRun: boolean;
}

class ComparePanel {
  readonly #context: PanelContext;
  readonly #texts: PanelTexts;
  readonly #controls = element('div', 'controls');
  readonly #runs: Region;
  readonly #changes: Region;
  readonly #stopListening: () => void;
  #aligned: AlignedRuns | undefined;
  #table: TableView | undefined;
  #ops: readonly Weighed[] = [];
  #shown = '';

  constructor(root: HTMLElement, context: PanelContext) {
    this.#context = context;
    this.#texts = textsIn(context.language);
    [this.#runs, this.#changes] = [new Region(context.language), new Region(context.language)];
    root.append(this.#controls, this.#runs.element, this.#changes.element);
    this.#stopListening = context.runs.listen(() => this.#show());
    this.#show();
  }

  update(state: ViewState, before: ViewState): void {
    if (state.compared !== before.compared) this.#show();
    this.#aligned?.update(state);
    if (state.phase !== before.phase || opsBy(state) !== opsBy(before)) this.#changes.redraw();
    if (state.highlighted !== before.highlighted) this.#markRow();
  }

  destroy(): void {
    this.#stopListening();
    this.#aligned?.destroy();
    this.#runs.destroy();
    this.#changes.destroy();
  }

  /** Anew where there are others to choose from, or another is chosen. */
  #show(): void {
    const { runs, run, store } = this.#context;
    const { words } = this.#texts;
    const others = runs.states.flatMap(({ state }, at) => (at !== run && state === 'ready' ? [at] : []));
    const other = others.find((each) => each === store.state.compared) ?? others.at(0);
    const shown = JSON.stringify([others, other]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#aligned?.destroy();
    this.#aligned = undefined;
    if (other === undefined) {
      const isLoading = runs.states.some(({ state }) => state === 'loading');
      this.#controls.replaceChildren(element('p', 'quiet', isLoading ? words.otherLoads : words.oneRun));
      return;
    }
    const names = namesApart(runs.states.map(({ name }) => name));
    const choices = others.map((at) => ({ id: String(at), text: names[at] }));
    const chooser = select(choices, String(other), (id) => store.set({ compared: Number(id) }));
    this.#controls.replaceChildren(...(others.length < 2 ? [] : [labelled(words.compareWith, chooser)]));
    // Runs are opened in this order, whichever of them is looked at.
    const pair = [Math.min(other, run), Math.max(other, run)];
    const { base, head } = COMPARE_TEXTS[this.#context.language];
    const titles = [`${base}: ${names[pair[0]]}`, `${head}: ${names[pair[1]]}`] as const;
    this.#compare(pair, titles);
  }

  #compare(pair: readonly number[], titles: ChangeTexts['titles']): void {
    const { api } = this.#context;
    const texts: ChangeTexts = { ...this.#texts, titles };
    this.#runs.show(
      (signal) => Promise.all(pair.map((each) => api.ask(each, 'run', {}, signal))),
      (infos) => {
        const sides = infos.map(({ json: info }, at): ComparedRun => ({ run: pair[at], info, title: titles[at] }));
        this.#aligned?.destroy();
        this.#aligned = new AlignedRuns(sides, this.#context, this.#texts);
        return [this.#aligned.element];
      },
    );
    this.#changes.show(
      (signal) => this.#ask(pair, signal),
      (summaries) => this.#drawChanges(summaries, texts),
    );
  }

  async #ask(pair: readonly number[], signal: AbortSignal): Promise<Summaries> {
    const { api } = this.#context;
    const summaries = async (wholeRun: boolean): Promise<RunSummary[]> => {
      const answers = await Promise.all(pair.map((each) => api.ask(each, 'summary', { wholeRun }, signal)));
      return answers.map(({ json }) => json);
    };
    const [base, head] = await summaries(false);
    const isTraced = base.environment.devices + head.environment.devices > 0;
    if (!isTraced || hasCommonPhase(base, head)) return { base, head, isWholeRun: false };
    const [all, other] = await summaries(true);
    return { base: all, head: other, isWholeRun: true };
  }

  #drawChanges({ base, head, isWholeRun }: Summaries, texts: ChangeTexts): Child[] {
    const { store } = this.#context;
    const { state } = store;
    const { words, report } = texts;
    const by = opsBy(state);
    const all = changesOf(base, head, by);
    const phases = phasesByTime(base, head);
    if (phases.length === 0) {
      if (all.length === 0) return [element('p', 'quiet', words.noOps)];
      return [...verdict(base, head, texts, this.#context), ...changeTables(all, texts, this.#context)];
    }
    const phase = phases.find((each) => each === state.phase) ?? phases[0];
    const changes = all.filter(({ measure }) => measure.phase === undefined || measure.phase === phase);
    this.#ops = mostFirst(changes.filter(({ measure: { metric } }) => metric === 'op.total'));
    this.#table = opTable(this.#ops, state.opFilter, texts, this.#context, (row) => this.#open(row));
    this.#markRow();
    const phaseChoices = phases.map((id) => ({ id, text: report.phases[id] }));
    const chooser = select(phaseChoices, phase, (chosen) => store.set({ phase: chosen }));
    const grouping = select(
      (['type', 'name'] as const).map((id) => ({ id, text: words.groupings[id] })),
      by,
      (chosen) => store.set({ by: chosen, highlighted: null }),
    );
    return [
      ...verdict(base, head, texts, this.#context),
      element(
        'div',
        'controls',
        ...(phases.length > 1 ? [labelled(texts.columns.phase, chooser)] : []),
        labelled(words.groupBy, grouping),
        element('span', 'quiet', isWholeRun ? words.wholeRunEach : words.perStepEach),
      ),
      element('h3', '', words.allOps),
      this.#table.element,
      ...changeTables(changes, texts, this.#context),
    ];
  }

  /** Marks all of an op in both runs, and on the timeline; what is marked already, no more. */
  #open(row: number): void {
    const { store } = this.#context;
    const marked = markOf(this.#ops[row]);
    if (marked === undefined) return;
    const isSame = store.state.highlighted === marked.highlighted && store.state.by === marked.by;
    store.set(isSame ? { highlighted: null } : marked);
  }

  #markRow(): void {
    const { by, highlighted } = this.#context.store.state;
    const row = this.#ops.findIndex((each) => {
      const marked = markOf(each);
      return marked?.by === by && marked.highlighted === highlighted;
    });
    this.#table?.setCurrent(row);
  }
}

const opsBy = ({ by }: ViewState): 'type' | 'name' => (by === 'name' ? 'name' : 'type');

/** The group of ops that a row is about; undefined for the many small ones. */
function markOf({ measure: { op } }: Weighed): Pick<ViewState, 'by' | 'highlighted'> | undefined {
  if (op === undefined || (op.name === '' && op.type === '')) return undefined;
  const isType = op.name === '' || op.name === op.type;
  return isType ? { by: 'type', highlighted: op.type } : { by: 'name', highlighted: op.name };
}

/** The one with most of the time first. */
function phasesByTime(...runs: readonly RunSummary[]): Phase[] {
  const times = new Map<Phase, number>();
  for (const { phases } of runs) {
    for (const { phase, totalNs } of phases) times.set(phase, (times.get(phase) ?? 0) + totalNs);
  }
  return [...times].sort((a, b) => b[1] - a[1]).map(([phase]) => phase);
}

/** What `traceconv compare` says of the two, and why. */
function verdict(base: RunSummary, head: RunSummary, { titles, words }: ChangeTexts, context: PanelContext): Child[] {
  const texts = COMPARE_TEXTS[context.language];
  const [one, other] = [base, head].map((summary, at) => [{ name: titles[at], summary }]);
  const tool = { name: 'traceconv', version: '' };
  const comparison = compareRuns(one, other, { rules: defaultRules([base], [head]), tool });
  const failed = comparison.rules.filter(({ outcome }) => outcome === 'fail');
  const checks = comparison.comparability.filter(({ severity }) => severity !== 'same' && severity !== 'unknown');
  const whys = [
    ...checks.map(
      ({ check, severity, base: a, head: b }) => `${texts.severities[severity]}: ${check}: ${a ?? '-'} -> ${b ?? '-'}`,
    ),
    ...failed.map((rule) => finding(rule, texts)),
  ];
  const said = element('p', `verdict-word is-${comparison.verdict}`, `${texts.title}: `);
  said.append(element('strong', '', texts.verdict[comparison.verdict]));
  const judged = element('summary', '', words.howJudged);
  const details = element('details', 'verdict', judged, listOf(remarks(comparison, texts)));
  return [said, ...(whys.length === 0 ? [] : [element('div', 'verdict', listOf(whys))]), details];
}

function listOf(sentences: readonly string[]): HTMLElement {
  return element('ul', '', ...sentences.map((each) => element('li', '', each)));
}
