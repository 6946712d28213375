import { Diagnostics, NodeHost, openRun } from '../../dist/index.js';
const host=new NodeHost();const d=new Diagnostics();const t0=performance.now();
const o=await openRun([process.argv[2]],host,{},d);const ms=performance.now()-t0;
const t=o.run.shards[0].timeline;
console.log((o.readBytes/ms/1000).toFixed(1),'MB/s',(process.resourceUsage().maxRSS/1024).toFixed(0),t.slices.length,t.counters.length,t.flows.length,t.instants.length,[...t.flows.fromTrack].filter(x=>x>=0).length,[...t.flows.toTrack].filter(x=>x>=0).length);
console.log([...d.list()].map(x=>x.kind+' '+x.count));
