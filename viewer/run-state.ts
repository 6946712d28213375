import type { RunInfo } from '../src/session/requests/protocol.ts';
import type { PanelId, ViewState } from './state.ts';
import { fitWindow, lengthOf, type TimeWindow, wholeWindow, windowAround } from './timeline/time-window.ts';
import { isCounter } from './timeline/rows.ts';
import { groupsOf, nodeCount, trackTree } from './timeline/track-tree.ts';

/** A run of more groups than this opens with the rows of its devices alone: that is what ranks are compared by. */
const MOST_OPEN_GROUPS = 8;

export function initialState(info: RunInfo, run: number): ViewState {
  const isLarge = info.groups.length > MOST_OPEN_GROUPS;
  // Stacks of the host are deep, and what the devices did is what is looked at first.
  const isClosed = (device: number): boolean => isLarge || (device < 0 && info.devices.length > 0);
  const closedGroups = info.groups.flatMap(({ device }, group) => (isClosed(device) ? [group] : []));
  return {
    ...{ run, ...firstWindow(info) },
    ...{ selected: null, bubble: null, area: null, panel: firstPanel(info), colourBy: 'kind' },
    ...{
      trackFilter: '',
      collapsed: [...closedGroups, ...counterProcesses(info)],
      pinned: [],
      order: [],
      shifts: [],
    },
    ...{ by: 'type', opFilter: '', highlighted: null, cause: null, phase: null, search: '' },
    ...{ stackMeasure: 'host', stackSearch: '', stack: null, measured: null },
    ...{ compared: null, alignedStep: 1 },
  };
}

/** Below this share of a run its devices' work is a stroke at one place, as where a host prepares for long. */
const LEAST_SHARE_OF_WORK = 0.02;

function firstWindow({ endNs, work }: RunInfo): TimeWindow {
  if (work === null || lengthOf(work) >= endNs * LEAST_SHARE_OF_WORK) return wholeWindow(endNs);
  return windowAround(work, endNs, 0.1);
}

/** Where nothing ran that can be drawn, what was measured is all there is. */
function firstPanel({ sliceCount, hasMetrics }: RunInfo): PanelId {
  return sliceCount === 0 && hasMetrics ? 'metrics' : 'summary';
}

/** They are one line each until somebody opens them: what ran on all ranks comes first. */
function counterProcesses(info: RunInfo): number[] {
  const processes = groupsOf(trackTree(info)).flatMap((group) => group.processes);
  const closed = processes.filter(({ tracks }) => tracks.every((track) => isCounter(info.tracks[track])));
  return closed.length === processes.length ? [] : closed.map(({ node }) => node).sort((a, b) => a - b);
}

/** Makes a state that is well formed one that this run has: what it has not is dropped. */
export function stateOfRun(info: RunInfo, run: number): (state: ViewState) => ViewState {
  const nodes = nodeCount(trackTree(info), info);
  const below = (numbers: readonly number[], limit: number): readonly number[] =>
    numbers.every((each) => each < limit) ? numbers : numbers.filter((each) => each < limit);
  const isTrack = (track: number): boolean => track < info.tracks.length;
  return (state) => ({
    ...state,
    run,
    ...fitWindow(state, info.endNs),
    selected: state.selected !== null && isTrack(state.selected.track) ? state.selected : null,
    stack: state.stack !== null && isTrack(state.stack.track) ? state.stack : null,
    bubble: state.bubble !== null && state.bubble.device < info.devices.length ? state.bubble : null,
    area: state.area?.tracks.every(isTrack) === true ? state.area : null,
    collapsed: below(state.collapsed, nodes),
    shifts: state.shifts.filter(({ rank }) => info.groups.some((group) => group.rank === rank)),
    pinned: below(state.pinned, info.tracks.length),
    order: below(state.order, nodes + info.tracks.length),
  });
}

/** What is looked at in whichever run. */
export function carriedOver(state: ViewState): Partial<ViewState> {
  const { run, panel, colourBy, by, opFilter, highlighted, stackMeasure, stackSearch, measured, alignedStep } = state;
  return {
    ...{ panel, colourBy, by, opFilter, highlighted, stackMeasure, stackSearch, measured },
    ...{ compared: run, alignedStep },
  };
}
