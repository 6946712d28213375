import type { Run } from '../../timeline/index.ts';
import type { Definition, DefinitionFigures } from './definition.ts';
import { htaFigures } from './hta.ts';
import { msprofFigures } from './msprof.ts';
import { sophonFigures } from './sophon.ts';

export {
  type Definition,
  type DefinitionFigures,
  type DefinitionRow,
  DEFINITIONS,
  type FigureUnit,
} from './definition.ts';

const FIGURES: Readonly<Record<Definition, (run: Run) => DefinitionFigures>> = {
  hta: htaFigures,
  msprof: msprofFigures,
  sophon: sophonFigures,
};

/** A run in the numbers of another tool. */
export function definitionFigures(definition: Definition, run: Run): DefinitionFigures {
  return FIGURES[definition](run);
}
