/**
 * How a report page looks: light or dark as the reader's system is, and readable on paper. Colours are told apart by
 * those who see few of them, and idle time is hatched besides.
 */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --quiet: #59636e; --paper: #ffffff; --line: #d1d9e0; --band: #f6f8fa;
  --compute: #3b6fc9; --exposed: #d9822b; --overlapped: #7a9fdc; --copy: #8a63c7; --idle: #c3cad2; --bad: #c93c37; --good: #2a7f46; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --quiet: #9aa5b1; --paper: #14181d; --line: #3a434d;
  --band: #1c2229; --compute: #6a9bee; --exposed: #eda14f; --overlapped: #49679a; --copy: #b18cec; --idle: #4c5661;
  --bad: #ff7b72; --good: #57b978; } }
body { margin: 0 auto; padding: 1.5rem; max-width: 62rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, "Noto Sans", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2.2rem 0 .5rem; padding-top: .8rem; border-top: 1px solid var(--line); }
p { margin: .4rem 0; } .quiet { color: var(--quiet); }
nav ul { display: flex; flex-wrap: wrap; gap: .2rem 1rem; padding: 0; margin: .8rem 0 0; list-style: none; }
a { color: var(--compute); }
.wide { overflow-x: auto; margin: .6rem 0; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .9rem; width: 100%; }
th { text-align: left; font-weight: 600; border-bottom: 1px solid var(--line); white-space: nowrap; }
th, td { padding: .2rem .6rem .2rem 0; vertical-align: top; }
td.number, th.number { text-align: right; white-space: nowrap; }
td.name { overflow-wrap: anywhere; min-width: 8rem; }
tbody tr:nth-child(even) { background: var(--band); }
.length { width: 8rem; height: .7rem; display: block; margin-top: .35rem; }
td .chart { width: 12rem; height: .9rem; margin: .25rem 0 0; }
.chart { width: 100%; height: auto; display: block; margin: .4rem 0; }
.chart text { fill: var(--quiet); font-size: 11px; } .axis line { stroke: var(--line); stroke-width: .5; }
figure { margin: .6rem 0; } figcaption { font-weight: 600; font-size: .9rem; }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; list-style: none; padding: 0; margin: .6rem 0 0; }
.swatch { width: .8rem; height: .8rem; margin-right: .4rem; }
.compute { fill: var(--compute); } .exposed { fill: var(--exposed); } .overlapped { fill: var(--overlapped); }
.copy { fill: var(--copy); } .idle { fill: url(#hatch); } .bubble { fill: var(--exposed); }
.bad { color: var(--bad); font-weight: 600; } .good { color: var(--good); }
.worse { fill: var(--bad); } .better { fill: var(--good); } .unchanged { fill: var(--idle); }
.whisker, .middle { stroke: var(--ink); stroke-width: 1; vector-effect: non-scaling-stroke; }
.middle { stroke: var(--quiet); }
.heat { fill: var(--bad); } .heat-none { fill: var(--idle); }
.hatch-back { fill: var(--idle); } .hatch-line { stroke: var(--quiet); stroke-width: 1; }
@media print { body { max-width: none; } h2 { break-after: avoid; } table, .chart { break-inside: avoid; } }
`;
