// A CT of 500 slices as hospitals send it, over DIMSE: until it is acknowledged, and until it is registered. Beside Orthanc, storescp, and the disk alone.
import { closeSync, fdatasyncSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Bench, Context } from "../context.ts";
import { makeSlices, type Slices } from "../objects/slices.ts";
import { byTurns, secondsOf } from "../runs.ts";
import { hasDcmtk, orthanc, ours, type Receiver, settleSeconds, storescp } from "./receivers.ts";
import { sendDimse, sendStow } from "./senders.ts";

/** How many associations a scanner may have open at once. */
const several = 4;

export const dicom: Bench = {
  name: "dicom",
  run: async (context) => {
    if (!hasDcmtk) return context.leaveOut("dicom: DCMTK, which sends, is not installed (Debian package dcmtk)");
    const slices = makeSlices(join(context.folder, "ct"), context.quick ? 20 : 500);
    for (const associations of [1, several])
      await measure(context, slices, {
        by: `by C-STORE, ${associations} association${associations === 1 ? "" : "s"}`,
        send: (receiver, files) => sendDimse(receiver, files, associations),
        peers: { orthanc, storescp: () => storescp(context.folder) },
      });
  },
};

export const stow: Bench = {
  name: "stow",
  run: async (context) => {
    const slices = makeSlices(join(context.folder, "stow"), context.quick ? 20 : 500);
    await measure(context, slices, {
      by: "by STOW-RS",
      send: (receiver, files) => sendStow(receiver, files),
      peers: { orthanc, storescp: async () => undefined },
    });
  },
};

type Peer = () => Promise<Receiver | string | undefined>;

interface Way {
  readonly by: string;
  send(receiver: Receiver, files: readonly string[]): Promise<void>;
  readonly peers: { readonly orthanc: Peer; readonly storescp: Peer };
}

async function measure(context: Context, slices: Slices, { by, send, peers }: Way): Promise<void> {
  const { folder, runs, report, leaveOut } = context;
  // Of another study, so that nobody is measured cold.
  const warming = makeSlices(mkdtempSync(join(folder, "warming-")), 16, "warming");
  const registered: number[] = [];
  const why = new Map<string, string>();
  const peer = (name: string, start: Peer) => async () => {
    const receiver = await start();
    if (receiver === undefined || typeof receiver === "string") {
      if (receiver !== undefined) why.set(name, receiver);
      return 0;
    }
    return whileOpen(receiver, async () => {
      await send(receiver, warming.files);
      return secondsOf(() => send(receiver, slices.files));
    });
  };
  const seconds = await byTurns(runs, {
    acknowledged: async () => {
      const receiver = await ours(folder);
      return whileOpen(receiver, async () => {
        await send(receiver, warming.files);
        await receiver.done();
        const begun = performance.now();
        const acknowledged = await secondsOf(() => send(receiver, slices.files));
        await receiver.done();
        registered.push((performance.now() - begun) / 1000 - settleSeconds);
        return acknowledged;
      });
    },
    orthanc: peer("Orthanc", peers.orthanc),
    storescp: peer("storescp", peers.storescp),
    disk: () => secondsOf(() => writeFlushed(folder, slices)),
  });
  for (const [name, reason] of why) leaveOut(`${name} beside us, ${by}: ${reason}`);
  const rates = {
    megabytes: (of: number) => slices.bytes / 1e6 / of,
    objects: (of: number) => slices.files.length / of,
  };
  const whole = registered.sort((a, b) => a - b)[Math.floor(registered.length / 2)] as number;
  for (const [measureName, rate] of [
    ["MB/s", rates.megabytes],
    ["objects/s", rates.objects],
  ] as const) {
    const beside = seconds.orthanc > 0 ? { peer: { name: "Orthanc", value: rate(seconds.orthanc) } } : {};
    const limit = seconds.storescp > 0 ? { name: "storescp +B", value: rate(seconds.storescp) } : undefined;
    const disk = { name: "each file written and flushed", value: rate(seconds.disk) };
    const common = { measure: measureName, runs, ...beside, ...(limit === undefined ? {} : { limit }) } as const;
    const what = `${slices.files.length} CT slices ${by}`;
    const aim = limit === undefined ? "≥ 3 ×" : "≥ 3 ×, ≥ 60 %";
    report({ ...common, what: `${what}, acknowledged`, ours: rate(seconds.acknowledged), aim });
    report({ ...common, what: `${what}, registered`, ours: rate(whole), aim });
    if (measureName === "MB/s") report({ ...common, what: `${what}, registered`, ours: rate(whole), limit: disk });
  }
}

async function whileOpen<Result>(receiver: Receiver, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } finally {
    await receiver.close();
  }
}

function writeFlushed(folder: string, { files }: Slices): void {
  const place = mkdtempSync(join(folder, "flushed-"));
  for (const [at, from] of files.entries()) {
    const file = openSync(join(place, String(at)), "w");
    writeSync(file, readFileSync(from));
    fdatasyncSync(file);
    closeSync(file);
  }
  rmSync(place, { recursive: true });
}
