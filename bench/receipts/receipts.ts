// Receipts: how large, how long to make, how long to verify with libsodium, in plain JavaScript, and in a browser.
import { nobleBackend, parseReceipt, type SignatureBackend, verifyReceipt } from "@fiducial/core";
import { sodiumBackend } from "@fiducial/ledger";
import type { Context, LogBench } from "../context.ts";
import { openLog } from "../log/opened-log.ts";
import { unverifiedPool } from "../log/unverified-pool.ts";
import { sizeName } from "../options.ts";
import { latencies, median } from "../runs.ts";
import { type BenchReceipts, benchReceipts, trustText } from "./bench-receipt.ts";
import { verifyInBrowser } from "./browser.ts";

export const receipts: LogBench = {
  name: "receipts",
  run: async (context, grown) => {
    const log = openLog(grown.folder, unverifiedPool);
    const vault = await grown.openVault();
    const maker = await benchReceipts(log, vault);
    const count = context.quick ? 10 : 200;
    const texts: string[] = [];
    const making: number[] = [];
    for (let turn = 0; turn < count; turn++) {
      const begun = performance.now();
      texts.push(await maker.receipt(grown.size - 1 - turn));
      making.push(performance.now() - begun);
    }
    const at = `at ${sizeName(grown.size)}`;
    const { report } = context;
    report({ what: `receipt, ${at}`, measure: "bytes", ours: median(texts.map(({ length }) => length)), runs: count });
    report({ what: `making one, ${at}`, measure: "ms", ours: median(making), runs: count });
    reportVerifying(context, maker, texts, at);
    await reportBrowser(context, maker, texts, at);
    maker.close();
    await vault.close();
    await log.close();
  },
};

const backends: Readonly<Record<string, SignatureBackend>> = {
  libsodium: sodiumBackend,
  "plain JavaScript": nobleBackend,
};

function reportVerifying({ report }: Context, { trust }: BenchReceipts, texts: readonly string[], at: string): void {
  for (const [name, backend] of Object.entries(backends)) {
    const taken = latencies(texts.length, (turn) => {
      if (!verifyReceipt(parseReceipt(texts[turn] ?? ""), trust, backend).ok)
        throw new Error("A receipt of the bench does not verify.");
    });
    report({ what: `verifying one in Node, ${name}, ${at}`, measure: "ms", ours: median(taken), runs: texts.length });
  }
}

async function reportBrowser(context: Context, maker: BenchReceipts, texts: readonly string[], at: string) {
  const taken = await verifyInBrowser(trustText(maker), texts.slice(0, 50));
  if (typeof taken === "string") return context.leaveOut(`verifying a receipt in a browser: ${taken}`);
  context.report({ what: `verifying one in Chromium, ${at}`, measure: "ms", ours: median(taken), runs: taken.length });
}
