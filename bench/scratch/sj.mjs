import {createReadStream, openSync, readSync, readFileSync} from 'node:fs';
import {StringDecoder} from 'node:string_decoder';
import {parser, jsonParser} from 'stream-json/parser.js';
import {jsonParser as coreParser} from 'stream-json/core/parser.js';
import {streamArray} from 'stream-json/streamers/stream-array.js';
import {streamArray as coreStreamArray} from 'stream-json/core/streamers/stream-array.js';
import {parseFile} from 'stream-json/file/parser.js';
import {Assembler} from 'stream-json/core/assembler.js';
import {none, isMany, getManyValues, getFunctionList} from 'stream-chain/core';
import chain from 'stream-chain';
import {pipe} from 'stream-chain/utils/pipe.js';
import {drain} from 'stream-chain/utils/drain.js';
const [path, which, block='1048576'] = process.argv.slice(2);
const B=Number(block);
let n=0,x=0,c=0,s=0,f=0;
const take=(e)=>{n++;const p=e.ph;if(p==='X')x++;else if(p==='C')c++;else if(p==='s')s++;else if(p==='f')f++;};
const opt={streamValues:false};
function* chunks(){const fd=openSync(path);const buf=Buffer.allocUnsafe(B);const sd=new StringDecoder('utf8');for(let k;(k=readSync(fd,buf,0,B,null))>0;)yield sd.write(buf.subarray(0,k));}
const variants={
 chainDefault(){return new Promise((r,j)=>{chain([createReadStream(path),parser(),streamArray()]).on('data',({value})=>take(value)).on('end',r).on('error',j)})},
 chainPacked(){return new Promise((r,j)=>{chain([createReadStream(path,{highWaterMark:B}),parser(opt),streamArray(),({value})=>{take(value);return none}]).on('data',()=>{}).on('end',r).on('error',j)})},
 async parseFile(){await drain(pipe(parseFile({...opt,readBlockSize:B}),streamArray(),({value})=>{take(value);return none})(path))},
 core(){const p=coreParser(opt);const a=coreStreamArray();const go=(t)=>{if(t===none)return;for(const k of getManyValues(t)){const r=a(k);if(r!==none)take(r.value)}};for(const t of chunks())go(p(t));go(p(none))},
 coreAsm(){const p=coreParser(opt);const a=new Assembler();const go=(t)=>{if(t===none)return;const v=getManyValues(t);for(let i=0;i<v.length;i++){const k=v[i];a[k.name]?.(k.value);if(k.name==='endObject'&&a.stack.length===0)take(a.current.pop())}};for(const t of chunks())go(p(t));go(p(none))},
 tokens(){const p=coreParser(opt);let d=0,ph=false;const go=(t)=>{if(t===none)return;const v=getManyValues(t);for(let i=0;i<v.length;i++){const k=v[i];switch(k.name){case 'startObject':case 'startArray':d++;break;case 'endObject':d--;if(d===1)n++;break;case 'endArray':d--;break;case 'keyValue':ph=d===2&&k.value==='ph';break;case 'stringValue':if(ph){ph=false;const p=k.value;if(p==='X')x++;else if(p==='C')c++;else if(p==='s')s++;else if(p==='f')f++;}}}};for(const t of chunks())go(p(t));go(p(none))},
};
variants.own=()=>{ // own assembly by switch
 const p=coreParser(opt);const stack=[];let cur=null,key=null;
 const save=(v)=>{if(Array.isArray(cur))cur.push(v);else cur[key]=v};
 const go=(t)=>{if(t===none)return;const v=getManyValues(t);for(let i=0;i<v.length;i++){const k=v[i];switch(k.name){case 'keyValue':key=k.value;break;case 'stringValue':save(k.value);break;case 'numberValue':save(Number(k.value));break;
 case 'startObject':{const o={};if(cur!==null){if(stack.length>0)save(o);stack.push(cur)}cur=o;break}
 case 'startArray':{const o=[];if(cur!==null){save(o);stack.push(cur)}cur=o;break}
 case 'endObject':if(stack.length===1)take(cur);cur=stack.pop();break;
 case 'endArray':cur=stack.pop();break;
 default:save(k.value)}}};
 for(const t of chunks())go(p(t));go(p(none))};
const t0=performance.now();await variants[which]();const ms=performance.now()-t0;
const {statSync}=await import('node:fs');
console.log(which.padEnd(14),block,(statSync(path).size/ms/1000).toFixed(1),'MB/s',(process.resourceUsage().maxRSS/1024).toFixed(0),'MB',n,x,c,s,f);
