import { NONE, type SliceId, type StringId, type Timeline } from '../timeline/index.ts';
import { parentsOnThreads } from './host-nesting.ts';

/**
 * One call in a hierarchy of modules: what the module is called in the one around, its type, the method. It begins where a
 * name does, so that a long text of another form is not tried at each of its letters.
 */
const CALL = /(?<![^.()])([^.()]+)\(([^()]*)\)::[^.()]*/g;
/** The model itself, and another method of the same module. */
const [TOP, SELF] = ['TOP', 'SELF'];

/**
 * The module of an operator as people write it: "ResNet.layer1.0.conv1" of the calls that PyTorch tells of operators of
 * TorchScript with `with_modules`:
 * "TOP(ResNet)::forward.layer1(Sequential)::forward.0(BasicBlock)::forward.conv1(Conv2d)::forward". A text of another form stays as it is.
 */
export function modulePath(hierarchy: string): string {
  const calls = [...hierarchy.matchAll(CALL)];
  const names = calls.flatMap(([, name, type]) => (name === SELF ? [] : [name === TOP ? type : name]));
  return names.length === 0 ? hierarchy : names.join('.');
}

/** By the operators of a timeline; NONE of those that tell no module, and undefined where none does. */
export function moduleHierarchies({ slices, strings }: Timeline): ((slice: SliceId) => StringId) | undefined {
  const column = slices.typed.get('moduleHierarchy');
  if (column?.kind !== 'text') return undefined;
  const isEmpty: boolean[] = [];
  return (slice) => {
    const id = column.at(slice);
    return id === NONE || (isEmpty[id] ??= strings.get(id) === '') ? NONE : id;
  };
}

/** The same of what is around an operator that tells none itself; NONE where nothing does. */
export function hierarchiesAround(timeline: Timeline): ((slice: SliceId) => StringId) | undefined {
  const hierarchyOf = moduleHierarchies(timeline);
  if (hierarchyOf === undefined) return undefined;
  const parents = parentsOnThreads(timeline);
  return (slice) => {
    let found = NONE;
    for (let each = slice; each !== NONE && found === NONE; each = parents[each] - 1) found = hierarchyOf(each);
    return found;
  };
}
