import { readFileSync, readdirSync } from "node:fs";
import { createPixelDecoder } from "./pixel-decoder.ts";
import { canonicalBytes } from "./canonical-samples.ts";
const dec=createPixelDecoder(); const cases:any[]=[];
for(const f of readdirSync("/work/main/vectors/pixels").filter(f=>f.endsWith(".json")&&!f.startsWith("native"))) if(!process.argv[3]||f.startsWith(process.argv[3])) for(const v of JSON.parse(readFileSync("/work/main/vectors/pixels/"+f,"utf8"))) if(v.output.samples) cases.push([f,v.title,v.input.description,Buffer.from(v.input.frame,"base64")]);
for(const f of readdirSync("/tmp/px/dump").filter(f=>f.endsWith(".json"))){ const d=JSON.parse(readFileSync("/tmp/px/dump/"+f,"utf8")); if(!d.frames||f.startsWith("mg")||f.startsWith("cr")) continue; if(process.argv[3]) continue;
  cases.push(["file",f,{transferSyntaxUid:d.ts,rows:d.rows,columns:d.columns,samplesPerPixel:d.spp,bitsAllocated:d.ba,bitsStored:d.bs,highBit:d.hb,pixelRepresentation:d.pr,planarConfiguration:d.pc??0,photometricInterpretation:d.pi,numberOfFrames:d.n},readFileSync(`/tmp/px/dump/${f.slice(0,-5)}.0`)]);}
let seed=Number(process.argv[2]??1); const rnd=(n:number)=>{seed=(Math.imul(seed,1103515245)+12345)>>>0;return Math.floor(seed/2**32*n)};
const stats:any={}; let slow:any[]=[]; const end=Date.now()+Number(process.argv[4]??60)*1000; let n=0;
while(Date.now()<end){ const [f,title,desc,orig]=cases[rnd(cases.length)]; let b=Buffer.from(orig);
  const k=rnd(4); for(let i=0;i<=rnd(4);i++){ const at=rnd(3)?rnd(b.length):rnd(Math.min(b.length,120)); 
    if(k===0) b[at]^=1<<rnd(8); else if(k===1) b[at]=[0,255,rnd(256),0x7f][rnd(4)]!; else if(k===2) b=b.subarray(0,Math.max(1,at)); else { const to=rnd(b.length); b.copyWithin(to,at,at+rnd(40)); } }
  const t=performance.now(); let r; try{const o=await dec.canonicalFrame(desc,b); r=o.length===canonicalBytes(desc)?"ok":"WRONG LENGTH"}catch(e:any){r=e.code?e.code+" "+(e.data.reason??""):"ESCAPED "+e.stack.slice(0,300)}
  const ms=performance.now()-t; const key=f+" "+r; stats[key]=(stats[key]??0)+1; n++; if(ms>200) {slow.push([ms|0,f,title,r]); if(ms>1500) {console.log("SLOW",ms|0,f,title,r);}}
}
console.log(n,stats); slow.sort((a,b)=>b[0]-a[0]); console.log(slow.slice(0,15),"rss",process.memoryUsage().rss>>20);
