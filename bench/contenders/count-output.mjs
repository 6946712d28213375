// Counts the events in a file that was written; the arguments are the file and the writer's id. Not timed.
import { createReadStream } from 'node:fs';
import { argv, stdout } from 'node:process';
import { outputCounter } from './output-counts.mjs';

const [path, writerId] = argv.slice(2);
const counter = outputCounter(writerId);
for await (const bytes of createReadStream(path, { highWaterMark: 1 << 20 })) counter.write(bytes);
stdout.write(`${JSON.stringify({ counts: counter.counts })}\n`);
