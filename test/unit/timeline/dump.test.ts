import { expect, test } from 'vitest';
import { dumpTimeline } from '../../../src/timeline/index.ts';
import { readText } from '../../support/reading.ts';

const text = `{"otherData":{"tool":"x"},"traceEvents":[
{"ph":"M","name":"process_name","pid":7,"args":{"name":"Worker \\"1\\""}},
{"ph":"M","name":"thread_name","pid":7,"tid":1,"args":{"name":"Main"}},
{"ph":"X","name":"a","cat":"c","pid":7,"tid":1,"ts":10,"dur":5,"args":{"k":1}},
{"ph":"X","name":"b","pid":7,"tid":1,"ts":11,"dur":1},
{"ph":"X","name":"c","pid":7,"tid":1,"ts":12,"dur":9},
{"ph":"i","name":"mark","pid":7,"tid":1,"ts":12.001},
{"ph":"C","name":"load","pid":7,"ts":13,"args":{"Read(MB/s)":0.5}},
{"ph":"s","name":"f","id":1,"pid":7,"tid":1,"ts":11},
{"ph":"f","name":"f","id":1,"pid":7,"tid":1,"ts":30,"bp":"e"},
{"ph":"s","name":"f","id":2,"pid":7,"tid":1,"ts":12}]}`;

test('a timeline prints as text that people can review', async () => {
  const { timeline } = await readText('chrome-json', text);
  expect(await dumpTimeline(timeline)).toBe(`origin 10000 ns, span 20000 ns
metadata otherData {"tool":"x"}
process "Worker \\"1\\"" (key 7, unknown, pid 7)
  thread "Main" (key 1), 2 lanes
    0 +5000 "a" [c] {"k":1}
    1000 +1000 > "b"
    2000 +9000/1 "c"
    2001 ! "mark"
  counter "load" series "Read(MB/s)" in MB/s
    3000 = 0.5
flow "f" 1000 track 0 "b" -> 20000 track 0 (no slice)
flow "f" 2000 track 0 "c" -> nowhere
`);
});

test('a short dump counts what it leaves out', async () => {
  const { timeline } = await readText('chrome-json', text);
  const dump = await dumpTimeline(timeline, { rowsPerTrack: 1 });
  expect(dump).toContain('    0 +5000 "a" [c] {"k":1}\n    ... and 2 more\n');
  expect(dump).not.toContain('"c"\n');
});

test('tables print below, with an empty place where a cell holds nothing', async () => {
  const rows = 'APP,10.5\t,,2,NPU:0\nPTA,N/A,1,,NPU:0\nPTA,9,1,,host\n';
  const header = 'Component,Timestamp(us),Total Allocated(KB),Total Reserved(KB),Device\n';
  const { timeline } = await readText('ascend-table-csv', header + rows);
  const dump = await dumpTimeline({ ...timeline, tracks: [] }, { rowsPerTrack: 2 });
  expect(dump).toBe(`origin 9000 ns, span 1500 ns
table memory "trace.json", 3 rows, times from 9000 ns
    component:text | time:time | allocatedBytes:number | reservedBytes:number | device:number
    "APP" | 1500 |  | 2048 | 0
    "PTA" |  | 1024 |  | 0
    ... and 1 more
`);
});
