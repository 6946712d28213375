import type { Timeline } from '../../timeline/index.ts';
import { byString } from '../by-string.ts';
import { PROFILER_STEP } from '../steps/step-names.ts';

/** Steps are told apart by a number behind their name, and are one thing all the same. */
const NUMBERED = /^(.*\D)#\d+$/s;

/** Where an object lay: the end of what Python calls a method of it. */
const ADDRESS = / at 0x[0-9a-f]+>?$/i;

/** "ProfilerStep" of "ProfilerStep#12", "<built-in method item of Tensor object" of one at an address: what names begin with. */
export function frameName(name: string): string {
  return (NUMBERED.exec(name)?.[1] ?? name).replace(ADDRESS, '');
}

/** What the frames of a host stack are, by string of their category or name; each string is looked at once. */
export interface FrameKinds {
  readonly isAnnotation: (category: number) => boolean;
  readonly isOperator: (category: number) => boolean;
  readonly isModule: (name: number) => boolean;
  /** The mark of a step, which was an operator to Kineto in 2021 and has no category on Ascend. */
  readonly isStep: (name: number) => boolean;
}

/** Ranges that users or frameworks put around what they do, on the host and as Kineto draws them on streams. */
const ANNOTATION = /^(gpu_)?user_annotation$/;
const OPERATOR = /^(cpu_op|Operator)$/;
/** What Kineto calls the call of a module, among other functions of Python. */
const MODULE = /^nn\.Module: /;

export function frameKinds({ strings }: Pick<Timeline, 'strings'>): FrameKinds {
  const fits = (pattern: RegExp): ((id: number) => boolean) => {
    const found = byString(strings.size, (id) => Number(pattern.test(strings.get(id))));
    return (id) => id >= 0 && found(id) === 1;
  };
  return {
    isAnnotation: fits(ANNOTATION),
    isOperator: fits(OPERATOR),
    isModule: fits(MODULE),
    isStep: fits(PROFILER_STEP),
  };
}
