import { html } from './markup.ts';

/**
 * How a report page looks: light or dark as the reader's system is, and readable on paper. Colours are told apart by
 * those who see few of them; idle time is hatched besides, and parts of one bar have a line between them.
 */
// prettier-ignore
export const STYLE = html`<style>
:root { color-scheme: light dark; --ink: #1b1f24; --quiet: #59636e; --paper: #ffffff; --line: #d1d9e0; --band: #f6f8fa;
  --link: #2f5fb3; --compute: #3b6fc9; --exposed: #d9822b; --idle: #c3cad2; --bad: #c93c37; --good: #2a7f46;
  --category-0: #3b6fc9; --category-1: #d9822b; --category-2: #2a8f6b; --category-3: #8a63c7; --category-4: #c2497a;
  --category-5: #8a7a2e; --category-rest: #8b949e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --quiet: #9aa5b1; --paper: #14181d; --line: #3a434d;
  --band: #1c2229; --link: #8ab4f8; --compute: #6a9bee; --exposed: #eda14f; --idle: #4c5661; --bad: #ff7b72; --good: #57b978;
  --category-0: #6a9bee; --category-1: #eda14f; --category-2: #4fc498; --category-3: #b18cec; --category-4: #ee7fa8;
  --category-5: #cdbb5c; --category-rest: #8b949e; } }
body { margin: 0 auto; padding: 1.5rem; max-width: 70rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, "Noto Sans", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2.2rem 0 .5rem; padding-top: .8rem; border-top: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 0; }
p { margin: .4rem 0; overflow-wrap: anywhere; } .quiet { color: var(--quiet); }
nav ul { display: flex; flex-wrap: wrap; gap: .2rem 1rem; padding: 0; margin: .8rem 0 0; list-style: none; }
a { color: var(--link); }
footer { margin-top: 2.5rem; border-top: 1px solid var(--line); padding-top: .8rem; color: var(--quiet); }
.finding { border: 1px solid var(--line); border-left: 4px solid var(--exposed); border-radius: 4px;
  background: var(--band); padding: .7rem 1rem; margin: .8rem 0; overflow-wrap: anywhere; }
.finding .stake { color: var(--quiet); margin: .1rem 0 .4rem; }
.finding dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem .9rem; margin: .5rem 0 0;
  font-size: .93rem; }
.finding dt { color: var(--quiet); } .finding dd { margin: 0; min-width: 0; }
code { font: .9em ui-monospace, Consolas, "Noto Sans Mono", monospace; }
.wide { overflow-x: auto; margin: .7rem 0; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .9rem; position: relative; }
th { text-align: left; font-weight: 600; border-bottom: 1px solid var(--line); white-space: nowrap; }
th, td { padding: .2rem .9rem .2rem 0; vertical-align: top; }
td.number, th.number { text-align: right; white-space: nowrap; }
td.text { white-space: nowrap; }
td.spark { white-space: pre; letter-spacing: -.05em; } td.name, td.names { overflow-wrap: anywhere; min-width: 12rem; }
tbody tr:nth-child(even) { background: var(--band); }
.length { width: 8rem; height: .7rem; display: block; margin-top: .35rem; }
td .chart { width: 8rem; height: .7rem; margin: .25rem 0 0; }
.chart { width: 100%; height: auto; display: block; margin: .4rem 0; }
.chart text { fill: var(--quiet); font-size: 11px; } .chart text.frame { fill: var(--ink); pointer-events: none; } .axis line { stroke: var(--line); stroke-width: .5; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 0 1.5rem; }
figure { margin: .6rem 0; } figcaption { font-weight: 600; font-size: .9rem; }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; list-style: none; padding: 0; margin: .6rem 0 0;
  font-size: .9rem; }
.swatch { width: .8rem; height: .8rem; margin-right: .4rem; }
.compute { fill: var(--compute); } .exposed { fill: var(--exposed); } .idle { fill: url(#hatch); } .unseen { fill: var(--category-rest); }
.category-0 { fill: var(--category-0); } .category-1 { fill: var(--category-1); } .category-2 { fill: var(--category-2); }
.category-3 { fill: var(--category-3); } .category-4 { fill: var(--category-4); } .category-5 { fill: var(--category-5); }
.category-rest { fill: var(--category-rest); } .line[class] { fill: none; } [class^="category"] { stroke: var(--paper); stroke-width: .6; }
.line { fill: none; stroke-width: 1.8; }
.line.category-0 { stroke: var(--category-0); } .line.category-1 { stroke: var(--category-1); }
.line.category-2 { stroke: var(--category-2); } .line.category-3 { stroke: var(--category-3); }
.line.category-4 { stroke: var(--category-4); } .line.category-5 { stroke: var(--category-5); }
.heat { fill: var(--bad); } .heat-none { fill: url(#hatch); }
.bad { color: var(--bad); font-weight: 600; } .good { color: var(--good); }
.worse { fill: var(--bad); } .better { fill: var(--good); } .unchanged { fill: var(--idle); }
.whisker, .middle { stroke: var(--ink); stroke-width: 1; vector-effect: non-scaling-stroke; }
.middle { stroke: var(--quiet); }
.hatch-back { fill: var(--idle); } .hatch-line { stroke: var(--quiet); stroke-width: 1; }
@media (max-width: 40rem) { body { padding: .8rem; } .finding dl { grid-template-columns: 1fr; }
  .finding dd { margin-bottom: .3rem; } td.name { min-width: 8rem; } .length, td .chart { width: 6rem; } }
@media print { body { max-width: none; } h2 { break-after: avoid; } table, .chart, .finding { break-inside: avoid; } }
</style>`;
