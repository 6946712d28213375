// What marks of memory of 2021 add up to, against sums by Python on the same capture.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readFiles } from '../support/reading.ts';
import { noticeWhenAbsent, readSample, samplesAbsent, samplesRoot } from '../support/samples.ts';

noticeWhenAbsent('marks of memory');

const SAMPLE = 'torch/cuda/resnet50_num_workers_0__worker0.1623143089861.pt.trace.json.gz';
const SCRIPT = `import gzip, itertools, json, sys
marks = [e for e in json.load(gzip.open(sys.argv[1]))['traceEvents'] if e.get('name') == '[memory]']
marks = [e['args'] for e in sorted(marks, key=lambda e: e['ts'])]
of = lambda device: list(itertools.accumulate(m['Bytes'] for m in marks if m['Device Id'] == device))
print(json.dumps([of(-1), of(0)]))`;

test.skipIf(samplesAbsent)('12,838 marks of a host and a device', async () => {
  const { timeline } = await readFiles('torch-kineto', [{ path: SAMPLE, bytes: readSample(SAMPLE) }]);
  const { tracks, counters, counterRange } = timeline;
  const sums = tracks.flatMap(({ series }, track) =>
    series === 'Allocated since start' ? [[...counters.value.slice(counterRange[track], counterRange[track + 1])]] : [],
  );
  const options = { encoding: 'utf8', maxBuffer: 2 ** 25 } as const;
  expect(sums).toEqual(JSON.parse(execFileSync('python3', ['-c', SCRIPT, join(samplesRoot, SAMPLE)], options)));
  expect(sums.map(({ length }) => length)).toEqual([4618, 8220]);
});
