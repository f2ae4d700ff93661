import { join } from "node:path";
import { expect, test } from "vitest";
import { scratchFolder } from "../conformance/scratch-folder.ts";
import { begin, copyBeginning } from "./beginnings.ts";
import { startLoadedLedger } from "./loaded-ledger.ts";
import { injecting } from "./traced-calls.ts";

test("a seal that the disk does not let go is a fault of the disk", async () => {
  const folder = scratchFolder();
  const compileCache = join(folder, "compile-cache");
  const beginning = await begin("closed", join(folder, "closed"), compileCache);
  const place = copyBeginning(beginning, join(folder, "round"));
  const fault = { call: "unlink", number: 1, fault: "EIO from then on" } as const;
  const under = injecting(join(folder, "round"), join(folder, "trace"), fault);
  const options = ["--statements", "8", "--submissions", "2"];
  const running = await startLoadedLedger({ ...place, compileCache, round: 1, options, under });
  await running.go();
  await running.ended;
  expect(running.said.failed).toBe("STORE_FAILED");
});
