import { join } from "node:path";
import { formatAddCheckpointAnswer, parseSignedCheckpoint } from "@fiducial/core";
import { describe, expect, onTestFinished, test } from "vitest";
import { noteSigner, testOrigin } from "../conformance/local-ledger.ts";
import { scratchFolder } from "../conformance/scratch-folder.ts";
import { cosigner, logSigner, scene, verifiers } from "../conformance/witnessed-log.ts";
import { LedgerError } from "../ledger-error.ts";
import { openWitness } from "./witness.ts";

describe("a witness that answers", () => {
  test("cosigns each newest checkpoint, from the one it cosigned before", async () => {
    const { start, grow, cosigned, asked, slept, published } = scene();
    const witnessing = start();
    expect(witnessing.states()).toEqual([{ name: "witness", size: 0, failures: 0 }]);
    for (const count of [3, 300, 1]) await cosigned(await grow(count));
    expect(asked).toEqual([
      [0, 3],
      [3, 303],
      [303, 304],
    ]);
    expect(witnessing.states()).toEqual([{ name: "witness", size: 304, failures: 0 }]);
    expect(slept).toEqual([]);
    expect(published.latest()?.note).toContain("— witness.example ");
  });

  test("is believed about the size that it cosigned before we began", async () => {
    const first = scene();
    const witnessing = first.start();
    await first.cosigned(await first.grow(5));
    await witnessing.close();
    await first.grow(4);
    const again = first.start();
    await first.cosigned(9);
    await first.cosigned(await first.grow(1));
    expect(first.asked).toEqual([
      [0, 5],
      [0, 9],
      [5, 9],
      [9, 10],
    ]);
    expect(again.states()[0]).toMatchObject({ size: 10, failures: 0 });
    expect(first.slept).toEqual([]);
  });

  test("is asked again for a cosignature that got lost, though the log stands still", async () => {
    const { start, grow, cosigned, asked } = scene();
    let lost = 0;
    const witnessing = start((body, ask) => {
      const answer = ask(body);
      return lost++ === 0 ? Promise.reject(new TypeError("fetch failed")) : answer;
    });
    await cosigned(await grow(5));
    expect(asked).toEqual([
      [0, 5],
      [0, 5],
      [5, 5],
    ]);
    expect(witnessing.states()).toEqual([{ name: "witness", size: 5, failures: 0 }]);
  });

  test("is not asked after a restart for what it has cosigned", async () => {
    const { start, grow, cosigned, asked } = scene();
    const witnessing = start();
    await cosigned(await grow(5));
    await witnessing.close();
    expect(start().states()).toEqual([{ name: "witness", size: 5, failures: 0 }]);
    await cosigned(await grow(1));
    expect(asked).toEqual([
      [0, 5],
      [5, 6],
    ]);
  });
});

describe("a witness that does not", () => {
  const seconds = (...list: readonly number[]) => list.map((second) => second * 1000);

  test("answer at all is asked less and less often, and again as soon as it does", async () => {
    const { start, grow, cosigned, sleeps, slept } = scene();
    let silent = true;
    const witnessing = start((body, ask) => (silent ? Promise.reject(new TypeError("fetch failed")) : ask(body)));
    const size = await grow(2);
    await sleeps(11);
    expect(slept.slice(0, 11)).toEqual(seconds(1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300));
    expect(witnessing.states()[0]).toMatchObject({ problem: "UNREACHABLE", size: 0 });
    silent = false;
    await cosigned(size);
    expect(witnessing.states()).toEqual([{ name: "witness", size: 2, failures: 0 }]);
  });

  test.each([400, 403, 404, 422] as const)("agree (%i) is shown as refusing", async (status) => {
    const { start, grow, sleeps } = scene();
    const witnessing = start(() => formatAddCheckpointAnswer({ status }));
    await grow(1);
    await sleeps(2);
    expect(witnessing.states()[0]).toMatchObject({ problem: "REFUSED" });
  });

  test.each([
    ["a redirection", { status: 302, contentType: "", body: "" }],
    ["a page", { status: 200, contentType: "text/html", body: "<html>" }],
  ])("speak the protocol (%s) is as good as away", async (_, answer) => {
    const { start, grow, sleeps } = scene();
    const witnessing = start(() => answer);
    await grow(1);
    await sleeps(1);
    expect(witnessing.states()[0]).toMatchObject({ problem: "UNREACHABLE" });
  });

  test("stop contradicting itself about its size is not asked without a pause", async () => {
    const { start, grow, sleeps, asked, store } = scene();
    let conflicts = 0;
    const witnessing = start(() => formatAddCheckpointAnswer({ status: 409, size: conflicts++ % 2 === 0 ? 2 : 1 }));
    await grow(3);
    await sleeps(5);
    expect(asked.length).toBeLessThanOrEqual(7);
    expect(witnessing.states()[0]).toMatchObject({ problem: "REFUSED" });
    expect(store.checkpoint(3)).not.toContain("witness.example");
  });

  test("take our word for the size that it said itself is refusing", async () => {
    const { start, grow, sleeps, asked } = scene();
    const witnessing = start(() => formatAddCheckpointAnswer({ status: 409, size: 0 }));
    await grow(3);
    await sleeps(3);
    expect(asked.length).toBeLessThanOrEqual(4);
    expect(witnessing.states()[0]).toMatchObject({ problem: "REFUSED" });
  });

  test("stay behind us has seen what we lost, and says so", async () => {
    const { start, grow, sleeps } = scene();
    const witnessing = start(() => formatAddCheckpointAnswer({ status: 409, size: 1000 }));
    await grow(1);
    await sleeps(1);
    expect(witnessing.states()[0]).toMatchObject({ problem: "AHEAD_OF_US" });
  });

  test.each([
    ["sign with its key", noteSigner("other.example", "ed25519-cosignature"), 1_800_000_000],
    ["state a time", cosigner, 0],
  ])("%s has its cosignature left out", async (_, signer, time) => {
    const folder = scratchFolder();
    const logs = [{ origin: testOrigin, keys: [logSigner.key] }];
    const impostor = openWitness(join(folder, "witness.db"), signer, logs, verifiers, () => time);
    onTestFinished(() => impostor.close());
    const { start, grow, sleeps, store } = scene();
    const witnessing = start((body) => impostor.addCheckpoint(body));
    const size = await grow(1);
    await sleeps(1);
    expect(witnessing.states()[0]).toMatchObject({ problem: "BAD_COSIGNATURE", size: 0 });
    expect(parseSignedCheckpoint(store.checkpoint(size) as string).note.signatures).toHaveLength(1);
  });
});

describe("a log that cannot go on", () => {
  test("because it cannot prove its growth is shown as such, and breaks nothing", async () => {
    let broken = false;
    const { start, grow, cosigned, sleeps, published } = scene((store) => ({
      tile: (tile) => {
        if (broken) throw new LedgerError("STORE_FAILED");
        return store.tile(tile);
      },
    }));
    published.onPublished(({ size }) => {
      broken = size === 301;
    });
    const witnessing = start();
    await cosigned(await grow(300));
    await grow(1);
    await sleeps(1);
    expect(witnessing.states()[0]).toMatchObject({ problem: "OWN_FAULT", size: 300 });
  });

  test("because it cannot store the cosignature does not blame the witness", async () => {
    let puts = 0;
    const { start, grow, sleeps } = scene((store) => ({
      putCheckpoint: (size, note) => {
        if (++puts > 1) throw new LedgerError("DISK_FULL");
        store.putCheckpoint(size, note);
      },
    }));
    const witnessing = start();
    await grow(1);
    await sleeps(1);
    expect(witnessing.states()[0]).toMatchObject({ problem: "OWN_FAULT" });
  });

  test("stops asking at once when it is closed, in the middle of a request or of a pause", async () => {
    const waiting = scene();
    const witnessing = waiting.start();
    await witnessing.close();
    const { start, grow } = scene();
    const asking = start(
      (_, __, signal) => new Promise((___, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
    );
    await grow(1);
    await asking.close();
    expect(asking.states()[0]).toMatchObject({ problem: "UNREACHABLE" });
  });
});
