// Our side of the witness protocol, and our witness's decisions, against torchwood's litewitness. C2SP tlog-witness.
import { readFileSync } from "node:fs";
import {
  acceptCosignatures,
  appendLeaves,
  emptyEdge,
  emptyRoot,
  formatAddCheckpoint,
  formatVerifierKey,
  fromHex,
  leafHash,
  nobleBackend,
  parsePolicy,
  parseVerifierKey,
  proveConsistency,
  readTreeEdge,
  type SignedCheckpoint,
  signatureVerifiers,
  signCheckpoint,
  tileReader,
  toBase64,
  treeRoot,
  verifyCheckpoint,
  withSignatures,
} from "@fiducial/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { goTool } from "../../scripts/tools.ts";
import { makeLog, signerOf } from "../sumdb/tiled-log.ts";
import { type RunningWitness, startWitness } from "./running-witness.ts";

const litewitness = goTool("litewitness");
const verifiers = signatureVerifiers(nobleBackend);
const log = makeLog("log.example/conformance", 1000);
const logSigner = signerOf(log.origin, "ed25519", 1);
const witnessSigner = signerOf("witness.example/lite", "ed25519-cosignature", 2);
const read = tileReader(log.edge.size, ({ level, index }) => log.tiles.get(`${level}/${index}`));
const policy = parsePolicy(
  `log ${formatVerifierKey(logSigner.key)}\nwitness W ${formatVerifierKey(witnessSigner.key)}\nquorum W\n`,
);

// `npm test` builds litewitness where there is Go.
describe.skipIf(litewitness === undefined)("litewitness", () => {
  let witness: RunningWitness;
  beforeAll(async () => {
    witness = await startWitness(litewitness as string, witnessSigner);
  });
  afterAll(() => witness?.stop());

  test("cosigns our log as it grows, and we believe it", async () => {
    witness.know({
      origin: log.origin,
      verifierKeys: [formatVerifierKey(logSigner.key)],
      size: 0,
      rootHash: toBase64(emptyRoot()),
    });
    let oldSize = 0;
    for (const size of [1, 255, 257, 1000, 1000]) {
      const cosigned = await cosignedAt(witness, oldSize, size);
      expect(verifyCheckpoint(cosigned, policy, verifiers)).toMatchObject({ holds: true, witnesses: [{ name: "W" }] });
      oldSize = size;
    }
  });

  test("tells the size it holds, when asked with another, and we go on from there", async () => {
    const hash = toBase64(treeRoot(readTreeEdge(300, read)));
    witness.know({ origin: log.origin, verifierKeys: [formatVerifierKey(logSigner.key)], size: 300, rootHash: hash });
    expect(await witness.ask(request(200, 700))).toEqual({ status: 409, size: 300 });
    expect(await witness.ask(request(0, 700))).toEqual({ status: 409, size: 300 });
    await cosignedAt(witness, 300, 700);
    expect(await witness.ask(request(300, 1000))).toEqual({ status: 409, size: 700 });
  });

  test("refuses another history, another key and an unknown log", async () => {
    const known = {
      origin: log.origin,
      verifierKeys: [formatVerifierKey(logSigner.key)],
      size: 300,
      rootHash: toBase64(leafHash(new Uint8Array())),
    };
    witness.know(known);
    expect(await witness.ask(request(300, 700))).toEqual({ status: 422 });
    witness.know({ ...known, verifierKeys: [formatVerifierKey(signerOf(log.origin, "ed25519", 9).key)] });
    expect(await witness.ask(request(300, 700))).toEqual({ status: 403 });
    witness.forget();
    expect(await witness.ask(request(300, 700))).toEqual({ status: 404 });
  });

  test("decides the requests of our vectors as we do, but where the specification asks for more", async () => {
    const vectors = vectorFile<RequestVector>("witness-requests.json");
    const more = ["a proof where none is due", "an empty tree with a root", "an old size with a leading zero"];
    for (const { title, input, output } of vectors) {
      witness.forget();
      const { verifierKeys = [], size, rootHash } = input.known ?? {};
      const root = typeof rootHash === "string" ? (fromHex(rootHash) as Uint8Array) : emptyRoot();
      for (const origin of new Set(verifierKeys.map((key) => parseVerifierKey(key).name))) {
        witness.know({
          origin: input.known === null ? origin : "log.example/imaging",
          verifierKeys,
          size: size ?? 0,
          rootHash: toBase64(root),
        });
      }
      const response = await witness.post(input.body);
      const answered =
        response.status === 409 ? { status: 409, size: Number(await response.text()) } : { status: response.status };
      if (more.includes(title)) expect([title, answered]).toEqual([title, { status: 200 }]);
      else if (output.error !== null) expect([title, response.ok]).toEqual([title, false]);
      else if (title === "no key at all") expect(answered).toEqual({ status: 404 });
      else expect([title, answered]).toEqual([title, withoutError(output)]);
    }
  });
});

function request(oldSize: number, size: number): string {
  const signed = signedAt(size);
  return formatAddCheckpoint({ oldSize, proof: oldSize === 0 ? [] : proveConsistency(oldSize, size, read), signed });
}

async function cosignedAt(witness: RunningWitness, oldSize: number, size: number): Promise<SignedCheckpoint> {
  const signed = signedAt(size);
  const answer = await witness.ask(request(oldSize, size));
  if (answer.status !== 200) throw new Error(`the witness answers ${answer.status}`);
  const cosignatures = acceptCosignatures(signed.note.text, answer.cosignatures, [witnessSigner.key], verifiers);
  return { ...signed, note: withSignatures(signed.note, cosignatures) };
}

function signedAt(size: number): SignedCheckpoint {
  const { edge } = appendLeaves(emptyEdge, log.entries.slice(0, size).map(leafHash));
  return signCheckpoint(log.origin, { size, rootHash: treeRoot(edge) }, [logSigner]);
}

interface RequestVector {
  readonly title: string;
  readonly input: {
    readonly body: string;
    readonly known: {
      readonly verifierKeys: string[];
      readonly size: number | null;
      readonly rootHash: string | null;
    } | null;
  };
  readonly output: { readonly error: string | null; readonly status?: number; readonly size?: number };
}

function withoutError({ error: _, ...answer }: RequestVector["output"]): object {
  return answer;
}

function vectorFile<Vector>(name: string): Vector[] {
  return JSON.parse(readFileSync(new URL(`../../vectors/checkpoint/${name}`, import.meta.url), "utf8")) as Vector[];
}
