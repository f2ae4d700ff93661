// Our log proofs and policies against torchwood, the code beneath litewitness. C2SP tlog-proof, tlog-policy.
import { readFileSync } from "node:fs";
import {
  formatLogProof,
  formatPolicy,
  proveInclusion,
  signCheckpoint,
  tileReader,
  toHex,
  treeRoot,
} from "@fiducial/core";
import { describe, expect, test } from "vitest";
import { goProgram } from "../sumdb/go-program.ts";
import { makeLog, signerOf } from "../sumdb/tiled-log.ts";

const torchwood = await goProgram(import.meta.dirname);
const log = makeLog("log.example/conformance", 1000);
const logSigner = signerOf(log.origin, "ed25519", 1);
const read = tileReader(log.edge.size, ({ level, index }) => log.tiles.get(`${level}/${index}`));

// Go and its modules are not on every machine.
describe.skipIf(torchwood === undefined)("torchwood", () => {
  const verify = (cases: readonly object[]) => torchwood?.(cases) as Promise<string[]>;

  test("accepts our log proofs under our policies, and not for another entry", async () => {
    const signed = signCheckpoint(log.origin, { size: log.edge.size, rootHash: treeRoot(log.edge) }, [logSigner]);
    const open = formatPolicy({ logs: [{ key: logSigner.key }], witnesses: [], groups: [], quorum: "none" });
    const cases = [0, 1, 511, 998, 999].map((index) => ({
      logProof: formatLogProof({ ...proveInclusion(index, log.edge.size, read), signed }),
      entry: toHex(log.entries[index] as Uint8Array),
      policy: open,
    }));
    expect(await verify(cases)).toEqual(cases.map(() => ""));
    const refused = await verify(cases.map((one) => ({ ...one, entry: "00" })));
    expect(refused.every((reason) => reason !== "")).toBe(true);
  });

  test("reads the log proofs of our vectors as we do, but for what it does not know or we read more strictly", async () => {
    const vectors = vectorFile<ProofVector>("log-proofs.json");
    const refusals = await verify(vectors.map(({ input }) => input));
    const otherwise = { "an ML-DSA-44 witness": false, "an index with a leading zero": true };
    vectors.forEach(({ title, output }, index) => {
      const expected = (otherwise as Record<string, boolean>)[title] ?? output.holds === true;
      expect([title, refusals[index] === ""]).toEqual([title, expected]);
    });
  });

  test("reads the policies of our vectors as we do, but for what we read more strictly", async () => {
    const vectors = vectorFile<PolicyVector>("policies.json");
    const refusals = await verify(vectors.map(({ input }) => ({ policy: input.policy })));
    const stricter = [
      "a quorum of what is defined later",
      "a threshold with a leading zero",
      "a member twice in a group",
      "a member of two groups",
      "a witness called none",
      "a witness's key twice",
      "a log's key twice",
      "a word too many",
      "a comment at the end of a line",
      "a carriage return",
      "a delete character in a comment",
      "a form feed",
      "no newline at the end",
    ];
    vectors.forEach(({ title, output }, index) => {
      expect([title, refusals[index] === ""]).toEqual([title, output.error === null || stricter.includes(title)]);
    });
  });
});

interface ProofVector {
  readonly title: string;
  readonly input: object;
  readonly output: { readonly error: string | null; readonly holds?: boolean };
}

interface PolicyVector {
  readonly title: string;
  readonly input: { readonly policy: string };
  readonly output: { readonly error: string | null };
}

function vectorFile<Vector>(name: string): Vector[] {
  return JSON.parse(readFileSync(new URL(`../../vectors/checkpoint/${name}`, import.meta.url), "utf8")) as Vector[];
}
