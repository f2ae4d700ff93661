// Requests to a witness and what it makes of them; its answers. C2SP tlog-witness § add-checkpoint.

import { checkpointText, note, seedOf, signatureLine } from "./notary.ts";
import type { CheckpointVector } from "./note-cases.ts";
import { log, origin, otherLog, textAt, tree, witnesses } from "./sample-log.ts";

/** A request, with what the witness knows of the log (null: nothing), and the status to answer; with 409 the size it holds. */
export type WitnessRequestVector = CheckpointVector<
  {
    readonly body: string;
    readonly known: {
      readonly verifierKeys: readonly string[];
      readonly size: number | null;
      readonly rootHash: string | null;
    } | null;
  },
  { readonly status?: number; readonly size?: number }
>;

/** An answer, and what a client reads in it. */
export type WitnessAnswerVector = CheckpointVector<
  { readonly status: number; readonly contentType: string; readonly body: string },
  { readonly signers?: readonly string[]; readonly size?: number }
>;

/** Makes requests. */
export function witnessRequestVectors(): WitnessRequestVector[] {
  const at = (size: number) => ({
    verifierKeys: [log.vkey],
    size,
    rootHash: Buffer.from(tree.root(0, size)).toString("hex"),
  });
  const fresh = { verifierKeys: [log.vkey], size: null, rootHash: null };
  const proof = (oldSize: number, size: number) =>
    tree.proof(oldSize, size).map((hash) => Buffer.from(hash).toString("base64"));
  const body = (oldSize: number | string, lines: readonly string[], checkpoint: string) =>
    `${[`old ${oldSize}`, ...lines, ""].join("\n")}\n${checkpoint}`;
  const signed = (size: number) => note(textAt(size), log);
  const decided = (
    title: string,
    known: WitnessRequestVector["input"]["known"],
    request: string,
    status: number,
    size?: number,
  ): WitnessRequestVector => ({
    title,
    clause: "C2SP tlog-witness § add-checkpoint",
    input: { body: request, known },
    output: { error: null, status, ...(size !== undefined && { size }) },
  });
  const bad = (title: string, request: string, error = "WITNESS_MESSAGE_MALFORMED"): WitnessRequestVector => ({
    title,
    clause: "C2SP tlog-witness § add-checkpoint",
    input: { body: request, known: at(3) },
    output: { error },
  });
  const forged = note(checkpointText(origin, 7, seedOf("another tree")), log);
  const spoiled = note(textAt(7), log).replace("\n7\n", "\n8\n");
  return [
    decided("the first checkpoint", fresh, body(0, [], signed(7)), 200),
    decided("the empty tree first", fresh, body(0, [], signed(0)), 200),
    decided("growth", at(3), body(3, proof(3, 7), signed(7)), 200),
    decided("growth from the empty tree", at(0), body(0, [], signed(7)), 200),
    decided("the same checkpoint again", at(7), body(7, [], signed(7)), 200),
    decided(
      "signatures by others besides",
      at(3),
      body(3, proof(3, 7), note(textAt(7), otherLog, log, witnesses.north)),
      200,
    ),
    decided("an unknown origin", null, body(0, [], signed(7)), 404),
    decided("an unknown key", { ...at(3), verifierKeys: [otherLog.vkey] }, body(3, proof(3, 7), signed(7)), 403),
    decided("no key at all", { ...at(3), verifierKeys: [] }, body(3, proof(3, 7), signed(7)), 403),
    decided("a bad signature", at(3), body(3, proof(3, 7), spoiled), 403),
    decided("an old size above the new", at(7), body(7, [], signed(3)), 400),
    decided("an old size above the new, and not what is held", at(2), body(7, [], signed(3)), 400),
    decided("another old size than is held", at(3), body(2, proof(2, 7), signed(7)), 409, 3),
    decided("old size 0, to ask for what is held", at(3), body(0, [], signed(7)), 409, 3),
    decided("an old size, where nothing is held", fresh, body(3, proof(3, 7), signed(7)), 409, 0),
    decided("a rollback", at(7), body(3, [], signed(3)), 409, 7),
    decided("a proof where none is due", fresh, body(0, proof(3, 7), signed(7)), 422),
    decided(
      "an empty tree with a root",
      fresh,
      body(0, [], note(checkpointText(origin, 0, seedOf("another tree")), log)),
      422,
    ),
    decided("a proof of another growth", at(3), body(3, proof(2, 7), signed(7)), 422),
    decided("a proof cut short", at(3), body(3, proof(3, 7).slice(1), signed(7)), 422),
    decided("another tree of the new size", at(3), body(3, proof(3, 7), forged), 422),
    decided("another tree of the old size", at(7), body(7, [], forged), 422),
    decided("a proof with the same checkpoint", at(7), body(7, proof(3, 7), signed(7)), 422),
    bad("nothing", ""),
    bad("no old size", `${proof(3, 7).join("\n")}\n\n${signed(7)}`),
    bad("an old size with a leading zero", body("03", proof(3, 7), signed(7))),
    bad("a negative old size", body("-1", [], signed(7))),
    bad("a hash of 31 bytes", body(3, [Buffer.alloc(31).toString("base64")], signed(7))),
    bad(
      "64 hashes",
      body(
        3,
        Array.from({ length: 64 }, () => proof(3, 4)[0] ?? ""),
        signed(7),
      ),
    ),
    bad("no checkpoint", body(3, proof(3, 7), ""), "NOTE_MALFORMED"),
    bad("a checkpoint without signatures", body(3, proof(3, 7), `${textAt(7)}\n`), "NOTE_MALFORMED"),
    bad("a note that is no checkpoint", body(3, proof(3, 7), note("text\n", log)), "CHECKPOINT_MALFORMED"),
  ];
}

/** Makes answers. */
export function witnessAnswerVectors(): WitnessAnswerVector[] {
  const text = textAt(7);
  const { north, south } = witnesses;
  const sizeType = "text/x.tlog.size";
  const good = (title: string, input: WitnessAnswerVector["input"], output: object): WitnessAnswerVector => ({
    title,
    clause: "C2SP tlog-witness § add-checkpoint",
    input,
    output: { error: null, ...output },
  });
  const bad = (
    title: string,
    input: WitnessAnswerVector["input"],
    error = "WITNESS_MESSAGE_MALFORMED",
  ): WitnessAnswerVector => ({
    title,
    clause: "C2SP tlog-witness § add-checkpoint",
    input,
    output: { error },
  });
  const answer = (status: number, body: string, contentType = "text/plain; charset=utf-8") => ({
    status,
    contentType,
    body,
  });
  return [
    good("two cosignatures", answer(200, north.line(text) + south.line(text)), { signers: [north.name, south.name] }),
    good("the size held", answer(409, "20852014\n", sizeType), { size: 20_852_014 }),
    good("size 0 held", answer(409, "0\n", sizeType), { size: 0 }),
    ...[400, 403, 404, 422].map((status) => good(`status ${status}`, answer(status, "for reasons\n"), {})),
    bad("no cosignature", answer(200, ""), "NOTE_MALFORMED"),
    bad("a cosignature without its newline", answer(200, north.line(text).trimEnd()), "NOTE_MALFORMED"),
    bad("a blank line between cosignatures", answer(200, `${north.line(text)}\n${south.line(text)}`), "NOTE_MALFORMED"),
    bad("a cosignature of a key id alone", answer(200, signatureLine(north.name, Buffer.alloc(4))), "NOTE_MALFORMED"),
    bad("a size of another type", answer(409, "5\n")),
    bad("a size without its newline", answer(409, "5", sizeType)),
    bad("a size with a leading zero", answer(409, "05\n", sizeType)),
    bad("a status the protocol lacks", answer(500, "")),
  ];
}
