// Our reader: args kept, typed keys in columns, the rest parsed on demand.
import { measure } from './measure.mjs';
import { countRun, openInput } from './open-input.mjs';

await measure(openInput, (run) => ({ counts: countRun(run) }));
