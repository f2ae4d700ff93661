// Each guard of what signs (a log key's mark, a publication, a witness) notices what it is there for, and is the only one that does.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  formatAddCheckpoint,
  formatSignedCheckpoint,
  parseSignedCheckpoint,
  signatureVerifiers,
  signCheckpoint,
} from "@fiducial/core";
import { afterAll, beforeAll } from "vitest";
import { type Guard, testGuards } from "../conformance/guards.ts";
import { memoryHighWater, noteSigner, testOrigin } from "../conformance/local-ledger.ts";
import { appended } from "../conformance/plain-entries.ts";
import { scratchFolder } from "../conformance/scratch-folder.ts";
import { closedLedger, cosigner } from "../conformance/small-ledger.ts";
import * as door from "../index.ts";
import type { HighWater } from "../log/publication.ts";
import type { Witness } from "../log/witness.ts";
import type { Store } from "../store/store.ts";
import { verificationPool } from "../verification/pool.ts";
import { sodiumBackend } from "../verification/sodium-backend.ts";
import { type Forgery, forgeLedger } from "./forged-ledger.ts";

const verification = verificationPool(1);
const verifiers = signatureVerifiers(sodiumBackend);
const logSigner = noteSigner(testOrigin, "ed25519");
const folder = mkdtempSync(join(tmpdir(), "ledger-"));
const honest = join(folder, "honest.db");
const highWater = memoryHighWater();
beforeAll(() => closedLedger(honest, { verification, highWater }));
afterAll(async () => {
  await verification.close();
  rmSync(folder, { recursive: true });
});

const reordered: Forgery = (all) => [0, 1, 2, 3, 4, 5, 8, 9, 6, 7, 10, 11].map((at) => all[at] as Uint8Array);

testGuards(door, [
  {
    title: "a ledger older than what its key has signed",
    noticed: ofMark((all) => all.slice(0, 6)),
    notices: "BACKUP_TOO_OLD",
    mutant: [
      ["log/publication.ts", "if (size < signed.size) throw", "if (size < signed.size) return; if (size < 0) throw"],
    ],
  },
  {
    title: "a ledger other than what its key has signed",
    noticed: ofMark(reordered),
    notices: "SIGNED_ROOT_DIFFERS",
    mutant: [["log/publication.ts", "if (!isRoot(reader, signed.size, rootHash))", "if (rootHash === undefined)"]],
  },
  {
    title: "tiles that do not lead to the root about to be signed",
    noticed: ofPublication({ change: () => ({ tile: () => new Uint8Array(8192) }) }),
    notices: "STORE_CORRUPT",
    mutant: [["log/publication.ts", "checkRoot(size, rootHash);\n    const note", "const note"]],
  },
  {
    title: "a stored checkpoint of another tree",
    noticed: ofPublication({ change: () => ({ latestCheckpoint: () => checkpointOf(2, new Uint8Array(32)) }) }),
    notices: "STORE_CORRUPT",
    mutant: [
      ["log/publication.ts", "checkRoot(latest.size, rootHash);", ""],
      // What was marked for it would be noticed as well.
      ["log/publication.ts", "checkHighWater(store, reader, highWater);\n    const rootHash", "const rootHash"],
    ],
  },
  {
    title: "a checkpoint about to be published",
    noticed: ofPublication({ seen: (store) => store.checkpoint(3) && "stored" }),
    notices: "stored",
    mutant: [["log/publication.ts", "store.putCheckpoint(size, note);\n    mark", "mark"]],
  },
  {
    title: "a head that was signed",
    noticed: ofPublication({ seen: (_, mark) => mark.read() && "marked" }),
    notices: "marked",
    mutant: [["log/publication.ts", "mark(size, rootHash);\n    latest", "latest"]],
  },
  {
    title: "a log that goes another way than the one that was cosigned",
    noticed: ofWitness((witness) => ask(witness, checkpointOf(12, new Uint8Array(32)).note)),
    notices: "409",
    mutant: [["log/witness.ts", "latest: latest(checkpoint.origin) }", "latest: undefined }"]],
  },
  {
    title: "what a witness has cosigned",
    noticed: ofWitness((witness) => ask(witness, checkpointOf(12, new Uint8Array(32)).note)),
    notices: "409",
    mutant: [["log/witness.ts", "replace(checkpoint.origin, { ...decision.head, note: kept });", "void replace;"]],
  },
  {
    title: "a checkpoint of a log that the witness does not know, signed by one that it knows",
    noticed: ofWitness((witness) => ask(witness, checkpointOf(12, new Uint8Array(32), "log.example/other").note)),
    notices: "404",
    mutant: [["log/witness.ts", "logs.find(({ origin }) => origin === checkpoint.origin)?.keys", "logs[0]?.keys"]],
  },
]);

/** Holds a forged ledger against the mark of the key that signed the honest one. */
function ofMark(forgery: Forgery): Guard<typeof door>["noticed"] {
  return async ({ checkHighWater, logReader, openStore }) => {
    const path = join(scratchFolder(), "ledger.db");
    forgeLedger(honest, path, forgery);
    const store = openStore(path);
    try {
      return codeOf(() => checkHighWater(store, logReader(store), highWater));
    } finally {
      store.close();
    }
  };
}

interface PublicationCase {
  /** What is put in front of the store. */
  readonly change?: () => Partial<Store>;
  /** What the publication leaves behind, to be seen when somebody is told of a checkpoint. */
  readonly seen?: (store: Store, mark: HighWater) => string | undefined;
}

/** Publishes a checkpoint of three entries. */
function ofPublication({
  change = () => ({}),
  seen = () => undefined,
}: PublicationCase): Guard<typeof door>["noticed"] {
  return async ({ logReader, openStore, publication }) => {
    const opened = openStore(join(scratchFolder(), "ledger.db"));
    appended(opened, 3);
    const store = { ...opened, ...change() };
    const mark = memoryHighWater();
    const options = { store, reader: logReader(store), origin: testOrigin, signer: logSigner, highWater: mark };
    try {
      const published = publication(options);
      const told = Promise.withResolvers<string | undefined>();
      published.onPublished(() => told.resolve(seen(store, mark)));
      published.covering(3).catch((thrown: { code: string }) => told.resolve(thrown.code));
      return (await told.promise) ?? "nothing";
    } catch (thrown) {
      return (thrown as { code: string }).code;
    } finally {
      opened.close();
    }
  };
}

/** Has a witness cosign the honest ledger, and then tries it. */
function ofWitness(attempt: (witness: Witness) => string): Guard<typeof door>["noticed"] {
  return async ({ openStore, openWitness }) => {
    const store = openStore(honest, { readOnly: true });
    const { note } = store.latestCheckpoint() as { note: string };
    store.close();
    const logs = [{ origin: testOrigin, keys: [logSigner.key] }];
    const witness = openWitness(join(scratchFolder(), "witness.db"), cosigner, logs, verifiers, () => 1_800_000_000);
    try {
      if (ask(witness, note) !== "nothing") throw new Error("the honest ledger is not cosigned");
      return attempt(witness);
    } finally {
      witness.close();
    }
  };
}

/** Asks for the cosignature of a log's first checkpoint; returns the status of a refusal. */
function ask(witness: Witness, note: string): string {
  const body = formatAddCheckpoint({ oldSize: 0, proof: [], signed: parseSignedCheckpoint(note) });
  const { status } = witness.addCheckpoint(body);
  return status === 200 ? "nothing" : String(status);
}

function checkpointOf(size: number, rootHash: Uint8Array, origin = testOrigin): { size: number; note: string } {
  return { size, note: formatSignedCheckpoint(signCheckpoint(origin, { size, rootHash }, [logSigner])) };
}

function codeOf(action: () => void): string {
  try {
    action();
    return "nothing";
  } catch (thrown) {
    return (thrown as { code: string }).code;
  }
}
