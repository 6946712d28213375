/** Starts the page on a run made up in memory: what it is and how large stands in the address, as `?ranks=2&tracks=6`. */
import { start } from '../../viewer/start.ts';
import { generatedViewerApi } from './generated-viewer-api.ts';

const values = new URLSearchParams(location.search);
const number = (name, otherwise) => Number(values.get(name) ?? otherwise);
const run = {
  ranks: number('ranks', 2),
  tracksPerRank: number('tracks', 6),
  slicesPerTrack: number('slices', 400),
  originLateNs: number('late', 0),
};
start(document.body, generatedViewerApi([{ ...run, name: 'generated run' }]));
