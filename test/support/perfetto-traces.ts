// Traces of packets as tools may write them: any order, any nesting, any clocks.
import type { SeededRandom } from './seeded-random.ts';
import { type Field, trace } from '../../fixtures/generate/perfetto/message.ts';

type Packet = readonly Field[];

/** A sound trace: each track's slices nest, packets of all tracks are mixed, and some tracks are written out of order. */
export function generatedTrace(random: SeededRandom): Uint8Array {
  const below = (count: number): number => random.below(count);
  const packets: Packet[] = [
    [
      [10, 1],
      [13, 1],
      [
        6,
        [
          [
            1,
            [
              [1, 6],
              [2, 1_000_000],
            ],
          ],
          [
            1,
            [
              [1, 3],
              [2, 400_000],
            ],
          ],
        ],
      ],
    ],
  ];
  const events: { packet: Packet; order: number }[] = [];
  for (let track = 1; track <= 6; track++) {
    packets.push([
      [
        60,
        [
          [1, 2n ** 62n + BigInt(track)],
          [2, `track ${track}`],
        ],
      ],
    ]);
    const isShuffled = track % 3 === 0;
    let timeNs = 2_000_000 + below(1000);
    const add = (fields: readonly Field[]): void => {
      const isMonotonic = below(4) === 0;
      const time: Field[] = isMonotonic
        ? [
            [8, timeNs - 600_000],
            [58, 3],
          ]
        : [[8, timeNs]];
      const packet: Packet = [...time, [10, 1 + below(2)], [11, [[11, 2n ** 62n + BigInt(track)], ...fields]]];
      events.push({ packet, order: isShuffled ? random.share() * 1e7 : timeNs });
    };
    const run = (depth: number): void => {
      timeNs += 1 + below(50);
      const flow: Field[] = below(5) === 0 ? [[47, { fixed64: BigInt(1 + below(12)) }]] : [];
      add([
        [9, 1],
        [23, `op ${below(9)}`],
        ...(below(2) === 0 ? [[22, 'cat'] as Field] : []),
        ...annotations(below),
        ...flow,
      ]);
      if (depth < 4) for (let child = below(3); child > 0; child--) run(depth + 1);
      timeNs += 1 + below(50);
      add([[9, 2]]);
    };
    for (let i = 0; i < 12; i++) run(0);
  }
  events.sort((a, b) => a.order - b.order);
  return trace([...packets, ...events.map(({ packet }) => packet)]);
}

function annotations(below: (count: number) => number): Field[] {
  return Array.from({ length: below(3) }, (_, i): Field => {
    const name: Field = [10, `arg${i}`];
    const values: Field[] = [
      [4, below(1000) - 500],
      [5, { double: below(1000) / 8 + 0.125 }],
      [6, `text ${below(5)} "quoted" é`],
      [2, below(2) === 0],
    ];
    const leaf = values[below(values.length)];
    if (below(4) > 0) return [4, [name, leaf]];
    return [
      4,
      [
        name,
        [11, [[10, 'inner'], leaf]],
        [
          11,
          [
            [10, 'list'],
            [12, [leaf]],
            [12, [leaf]],
          ],
        ],
      ],
    ];
  });
}
