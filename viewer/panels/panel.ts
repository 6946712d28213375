import type { Language } from '../../src/locale/index.ts';
import type { RunInfo, ViewerApi } from '../../src/session/requests/protocol.ts';
import type { KnownSlices } from '../known-slices.ts';
import type { OpenRuns } from '../open-runs.ts';
import type { PanelId, SliceRef, Store, ViewState } from '../state.ts';
import type { ViewerWords } from '../../src/locale/viewer.ts';

/** What a panel may use of the page around it. */
export interface PanelContext {
  readonly api: ViewerApi;
  /** Position of the run among those that are open, and what is known of all of them. */
  readonly run: number;
  readonly info: RunInfo;
  /** All that are open. */
  readonly runs: OpenRuns;
  readonly slices: KnownSlices;
  readonly store: Store;
  readonly language: Language;
  readonly words: ViewerWords;
  /** Zooms to a time, with some of what is around it, and selects the slice if one is given. */
  goTo(startNs: number, endNs: number, selected?: SliceRef): void;
  /** Goes to another run, where what is marked and the panel stay as they are; `change` is of that run. */
  openRun(run: number, change?: Partial<ViewState>): void;
  /** Says something to who reads the screen with a program. */
  announce(text: string): void;
}

export interface OpenPanel {
  update(state: ViewState, before: ViewState): void;
  destroy(): void;
}

export interface Panel {
  readonly id: PanelId;
  create(root: HTMLElement, context: PanelContext): OpenPanel;
}
