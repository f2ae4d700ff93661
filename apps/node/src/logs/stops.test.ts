import { LedgerError } from "@fiducial/ledger";
import { expect, test } from "vitest";
import type { OpenNode } from "../compose.ts";
import { health } from "../routes/health.ts";
import { scratchNode } from "../scratch/scratch-node.ts";
import { watchStops } from "./stops.ts";

const after = (error: LedgerError | undefined) => ({ stopped: Promise.resolve(error) });
const never = { stopped: new Promise<undefined>(() => {}) };
const ours = { isLost: () => false };

test("what stopped on an error is told with its code, what runs or was closed is not", async () => {
  const full = new LedgerError("DISK_FULL");
  const corrupt = new LedgerError("STORE_CORRUPT", { size: 3 });
  const watched = [
    watchStops(never, never, ours),
    watchStops(after(full), after(undefined), ours),
    watchStops(never, after(corrupt), ours),
  ];
  await new Promise(setImmediate);
  expect(watched.map((stops) => stops())).toEqual([{}, { replica: "DISK_FULL" }, { publication: "STORE_CORRUPT" }]);
});

test("a node whose log has stopped is degraded, and says by what", async () => {
  const node = await scratchNode().open();
  expect(health(node)).toMatchObject({ status: "ok", troubles: [] });
  const stopped: OpenNode = { ...node, stops: () => ({ replica: "DISK_FULL", publication: "STORE_FAILED" }) };
  expect(health(stopped)).toMatchObject({
    status: "degraded",
    troubles: [
      { code: "LEDGER_STOPPED", cause: "DISK_FULL" },
      { code: "PUBLICATION_STOPPED", cause: "STORE_FAILED" },
    ],
  });
});
