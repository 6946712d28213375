import {openSync,readSync,statSync,readFileSync} from 'node:fs';import {isAscii} from 'node:buffer';
const [path,size]=process.argv.slice(2);const B=Number(size);
let n=0,x=0,c=0,s=0,f=0;
const take=(e)=>{n++;const p=e.ph;if(p==='X')x++;else if(p==='C')c++;else if(p==='s')s++;else if(p==='f')f++;};
const t0=performance.now();
if(B===0){for(const e of JSON.parse(readFileSync(path,'latin1')))take(e)}else{
const fd=openSync(path);let buf=Buffer.allocUnsafe(B*2);let have=0;
let first=true;
for(;;){ const k=readSync(fd,buf,have,B,null); have+=k; 
 const cut = k===0? buf.lastIndexOf('}',have-1) : buf.lastIndexOf('},{',have-1);
 if(cut<0){ if(k===0)break; throw new Error('grow');}
 const from=buf.indexOf('{');
 const part=buf.subarray(from,cut+1);
 const text=isAscii(part)?part.latin1Slice():part.utf8Slice();
 for(const e of JSON.parse('['+text+']'))take(e);
 buf.copyWithin(0,cut+1,have);have-=cut+1;
 if(k===0)break;
}}
const ms=performance.now()-t0;
console.log(size,(statSync(path).size/ms/1000).toFixed(1),'MB/s',(process.resourceUsage().maxRSS/1024).toFixed(0),n,x,c,s,f);
