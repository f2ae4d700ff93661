// Killed at any moment under load: everything acknowledged is there afterwards, where it was said to be, once, and everything agrees.
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { noteSigner, testOrigin } from "../conformance/local-ledger.ts";
import { scratchFolder } from "../conformance/scratch-folder.ts";
import { verificationPool } from "../verification/pool.ts";
import { checkIndependently } from "./independent-check.ts";
import { copyLedger } from "./ledger-copy.ts";
import { type LoadedLedger, startLoadedLedger } from "./loaded-ledger.ts";
import { checkWithOurs } from "./own-check.ts";
import { type SeededRandom, seededRandom } from "./seeded-random.ts";

const long = process.env["FIDUCIAL_LONG"] === "1";
const rounds = long ? 1000 : 100;
const limitMs = long ? 7_200_000 : 600_000;
const logKey = noteSigner(testOrigin, "ed25519").key;
const verification = verificationPool(1);
afterAll(() => verification.close());

test(`killed ${rounds} times, a ledger holds what it acknowledged`, { timeout: limitMs }, async () => {
  const random = seededRandom("crash");
  const folder = scratchFolder();
  const files = { ledger: join(folder, "ledger.db"), mark: join(folder, "high-water") };
  const copy = join(folder, "copy", "ledger.db");
  const accepted = new Map<string, number>();
  let signed = 0;
  let checkedBefore = 0;
  // Small enough that some rounds end while the write-ahead log is moved into the file.
  const start = (round: number) =>
    startLoadedLedger({
      ...files,
      round,
      options: ["--statements", "150", "--settle", String(random.oneIn(2) ? 100_000 : 1 << 24)],
    });
  let next = start(0);
  for (let round = 0; round < rounds; round++) {
    const running = await next;
    if (round + 1 < rounds) next = start(round + 1);
    await runUntilKilled(running, random);
    const { said } = running;
    expect(said).toMatchObject({ failed: undefined, complaint: "" });
    for (const [id, index] of said.accepted) {
      expect(accepted.get(id) ?? index).toBe(index);
      accepted.set(id, index);
    }
    signed = Math.max(signed, said.signed);
    copyLedger(files.ledger, copy);
    const found = checkIndependently(copy, { accepted, signed, publicKey: logKey.publicKey, checkedBefore });
    checkedBefore = found.size;
    if (round % 20 === 19) {
      const proved = Array.from({ length: 20 }, () => random.below(found.size));
      await checkWithOurs(copy, { mark: files.mark, found, proved, verification });
    }
  }
  expect(accepted.size).toBeGreaterThan(20 * rounds);
  expect(signed).toBeGreaterThan(10 * rounds);
});

/** Mostly kills it some time after it has acknowledged something; now and then while it opens or closes; now and then lets it close. */
async function runUntilKilled(running: LoadedLedger, random: SeededRandom): Promise<void> {
  const open = running.go();
  const way = ways[random.below(ways.length)];
  if (way !== "opening") {
    await open;
    await running.acknowledged(random.below(60));
  }
  if (way === "closing" || way === "closed") running.stop();
  if (way !== "closed") {
    await wait(random.below(20));
    running.kill();
  }
  await running.ended;
}

const ways = ["opening", "opening", ...Array<string>(12).fill("growing"), "closing", "closing", "closed"];

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
