import type { LayerName } from './tracks.ts';

/** A number that tells one counter of a table from another: for itself, or for one of STRING_IDS. */
type Selector = 'id' | 'string';

/** One series of a counter. In both names `{0}` and `{1}` stand for the selectors. `column` may be a sum of columns. */
export interface SeriesSpec {
  readonly name: string;
  readonly series: string;
  readonly column: string;
  /** What a value is divided by to be in the unit of the series. */
  readonly divisor?: number;
}

export interface CounterTable {
  readonly table: string;
  readonly layer: LayerName;
  readonly isHost?: true;
  readonly timeColumn?: string;
  /** Columns that select the counter. */
  readonly selectors?: readonly { readonly column: string; readonly as: Selector }[];
  readonly series: readonly SeriesSpec[];
}

/** Databases are in bytes, text exports in these, each 1024 of the one before. */
const KIB = 1024;
const MIB = 1024 * 1024;

const DIRECTIONS = ['Rx', 'Tx'] as const;
const lower = (text: string): string => text.toLowerCase();

/** NIC and ROCE. */
function networkSeries(): SeriesSpec[] {
  const total = { name: 'Port {0}', series: 'Bandwidth(MB/s)', column: 'bandwidth', divisor: MIB };
  const byDirection = DIRECTIONS.flatMap((direction) => {
    const name = `Port {0}/${direction}`;
    const prefix = lower(direction);
    return [
      { name, series: `${direction} Packet Rate(packets/s)`, column: `${prefix}PacketRate` },
      { name, series: `${direction} Byte Rate(MB/s)`, column: `${prefix}ByteRate`, divisor: MIB },
      { name, series: `${direction} Packets`, column: `${prefix}Packets` },
      { name, series: `${direction} Bytes(B)`, column: `${prefix}Bytes` },
      { name, series: `${direction} Errors`, column: `${prefix}Errors` },
      { name, series: `${direction} Dropped`, column: `${prefix}Dropped` },
    ];
  });
  return [total, ...byDirection];
}

/** Timelines show the averages; the extremes are kept beside them. */
function pcieSeries(): SeriesSpec[] {
  const kinds = [
    ['PCIe_post', 'Post'],
    ['PCIe_nonpost', 'Nonpost'],
    ['PCIe_cpl', 'Cpl'],
  ] as const;
  const extremes = [
    ['', 'Avg'],
    [' Min', 'Min'],
    [' Max', 'Max'],
  ] as const;
  const bandwidths = kinds.flatMap(([name, column]) =>
    DIRECTIONS.flatMap((direction) =>
      extremes.map(([suffix, extreme]) => ({
        name,
        series: `${direction}${suffix}(MB/s)`,
        column: `${lower(direction)}${column}${extreme}`,
        divisor: MIB,
      })),
    ),
  );
  const latencies = extremes.map(([suffix, extreme]) => ({
    name: 'PCIe_nonpost_latency',
    series: `Tx${suffix}(us)`,
    column: `txNonpostLatency${extreme}`,
    divisor: 1000,
  }));
  return [...bandwidths, ...latencies];
}

function netdevSeries(): SeriesSpec[] {
  const counts = [
    'macTxPfcPkt',
    'macRxPfcPkt',
    'macTxByte',
    'macRxByte',
    'macTxBadByte',
    'macRxBadByte',
    'roceTxPkt',
    'roceRxPkt',
    'roceTxErrPkt',
    'roceRxErrPkt',
    'roceTxCnpPkt',
    'roceRxCnpPkt',
    'roceNewPktRty',
    'nicTxByte',
    'nicRxByte',
  ];
  const bandwidths = ['macTxBandwidth', 'macRxBandwidth', 'nicTxBandwidth', 'nicRxBandwidth'];
  return [
    ...counts.map((column) => ({ name: column, series: 'value', column })),
    ...bandwidths.map((column) => ({ name: column, series: 'value(MB/s)', column, divisor: MIB })),
  ];
}

const SIO_CHANNELS = ['Req', 'Rsp', 'Snp', 'Dat'] as const;

/** What is sampled, under the names that timelines have for it. */
export const COUNTER_TABLES: readonly CounterTable[] = [
  { table: 'AICORE_FREQ', layer: 'AI Core Freq', series: [{ name: 'AI Core Freq', series: 'MHz', column: 'freq' }] },
  {
    table: 'HBM',
    layer: 'HBM',
    selectors: [
      { column: 'hbmId', as: 'id' },
      { column: 'type', as: 'string' },
    ],
    series: [{ name: 'HBM {0}/{1}', series: '{1}(MB/s)', column: 'bandwidth', divisor: MIB }],
  },
  {
    table: 'DDR',
    layer: 'DDR',
    series: [
      { name: 'DDR/Read', series: 'Read(MB/s)', column: 'read', divisor: MIB },
      { name: 'DDR/Write', series: 'Write(MB/s)', column: 'write', divisor: MIB },
    ],
  },
  {
    table: 'LLC',
    layer: 'LLC',
    selectors: [
      { column: 'llcId', as: 'id' },
      { column: 'mode', as: 'string' },
    ],
    series: [
      { name: 'LLC {0} {1}/Hit Rate', series: 'Hit Rate(%)', column: 'hitRate' },
      { name: 'LLC {0} {1}/Throughput', series: 'Throughput(MB/s)', column: 'throughput', divisor: MIB },
    ],
  },
  {
    table: 'NPU_MEM',
    layer: 'NPU MEM',
    selectors: [{ column: 'type', as: 'string' }],
    series: [
      { name: '{0}/DDR', series: 'KB', column: 'ddr', divisor: KIB },
      { name: '{0}/HBM', series: 'KB', column: 'hbm', divisor: KIB },
      { name: '{0}/Memory', series: 'KB', column: 'ddr + hbm', divisor: KIB },
    ],
  },
  {
    table: 'MEMORY_RECORD',
    layer: 'Memory Record',
    timeColumn: 'timestamp',
    selectors: [{ column: 'component', as: 'string' }],
    series: [
      { name: '{0}', series: 'Total Allocated(KB)', column: 'totalAllocated', divisor: KIB },
      { name: '{0}', series: 'Total Reserved(KB)', column: 'totalReserved', divisor: KIB },
      { name: '{0}', series: 'Total Active(KB)', column: 'totalActive', divisor: KIB },
    ],
  },
  {
    table: 'HCCS',
    layer: 'HCCS',
    series: [
      { name: 'Rx', series: 'Rx(MB/s)', column: 'rxThroughput', divisor: MIB },
      { name: 'Tx', series: 'Tx(MB/s)', column: 'txThroughput', divisor: MIB },
    ],
  },
  { table: 'NIC', layer: 'NIC', selectors: [{ column: 'funcId', as: 'id' }], series: networkSeries() },
  { table: 'ROCE', layer: 'RoCE', selectors: [{ column: 'funcId', as: 'id' }], series: networkSeries() },
  { table: 'PCIE', layer: 'PCIe', series: pcieSeries() },
  { table: 'NETDEV_STATS', layer: 'Netdev Stats', series: netdevSeries() },
  {
    table: 'ACC_PMU',
    layer: 'Acc PMU',
    selectors: [{ column: 'accId', as: 'id' }],
    series: [
      { name: 'read_bandwidth acc_id {0}', series: 'value', column: 'readBwLevel' },
      { name: 'read_ost acc_id {0}', series: 'value', column: 'readOstLevel' },
      { name: 'write_band_width acc_id {0}', series: 'value', column: 'writeBwLevel' },
      { name: 'write_ost acc_id {0}', series: 'value', column: 'writeOstLevel' },
    ],
  },
  {
    table: 'SOC_BANDWIDTH_LEVEL',
    layer: 'Stars Soc Info',
    series: [
      { name: 'L2 Buffer Bw Level', series: 'L2 Buffer Bw Level', column: 'l2BufferBwLevel' },
      { name: 'Mata Bw Level', series: 'Mata Bw Level', column: 'mataBwLevel' },
    ],
  },
  {
    table: 'QOS',
    layer: 'QoS',
    selectors: [{ column: 'eventName', as: 'string' }],
    // The strings begin with "QoS".
    series: [{ name: '{0}', series: 'value', column: 'bandwidth', divisor: MIB }],
  },
  {
    table: 'SIO',
    layer: 'SIO',
    selectors: [{ column: 'name', as: 'string' }],
    series: DIRECTIONS.flatMap((direction) =>
      SIO_CHANNELS.map((channel) => ({
        name: `{0}/${lower(channel)}_${lower(direction)}`,
        series: 'value(MB/s)',
        column: `${lower(direction)}${channel}`,
        divisor: MIB,
      })),
    ),
  },
  {
    table: 'UB',
    layer: 'Ub',
    selectors: [{ column: 'portId', as: 'id' }],
    series: [
      { name: 'UB Port{0}', series: 'bandwidth_rx(MB/s)', column: 'rxUdmaBind' },
      { name: 'UB Port{0}', series: 'bandwidth_tx(MB/s)', column: 'txUdmaBind' },
    ],
  },
  {
    table: 'SAMPLE_PMU_TIMELINE',
    layer: 'AI Core Utilization',
    selectors: [
      { column: 'coreType', as: 'string' },
      { column: 'coreId', as: 'id' },
    ],
    series: [
      { name: '{0} Core {1}', series: 'Usage(%)', column: 'usage' },
      { name: '{0} Core {1}', series: 'Total Cycle', column: 'totalCycle' },
      { name: '{0} Core {1}', series: 'Freq(MHz)', column: 'freq' },
    ],
  },
  {
    table: 'CPU_USAGE',
    layer: 'CPU Usage',
    isHost: true,
    selectors: [{ column: 'cpuId', as: 'id' }],
    series: [{ name: 'CPU {0}', series: 'Usage(%)', column: 'usage' }],
  },
  {
    table: 'HOST_MEM_USAGE',
    layer: 'Memory Usage',
    isHost: true,
    series: [{ name: 'Memory Usage', series: 'Usage(%)', column: 'usage' }],
  },
  {
    table: 'HOST_DISK_USAGE',
    layer: 'Disk Usage',
    isHost: true,
    series: [
      { name: 'Disk Usage', series: 'Usage(%)', column: 'usage' },
      { name: 'Disk Usage', series: 'Read(KB/s)', column: 'readRate', divisor: KIB },
      { name: 'Disk Usage', series: 'Write(KB/s)', column: 'writeRate', divisor: KIB },
    ],
  },
  {
    table: 'HOST_NETWORK_USAGE',
    layer: 'Network Usage',
    isHost: true,
    series: [
      { name: 'Network Usage', series: 'Usage(%)', column: 'usage' },
      { name: 'Network Usage', series: 'Speed(KB/s)', column: 'speed', divisor: KIB },
    ],
  },
];
