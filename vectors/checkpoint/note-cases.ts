// Verifier keys, notes and checkpoints, good and bad. C2SP signed-note, tlog-checkpoint, tlog-cosignature.
import { logKey, note, seedOf, signatureLine, vkeyOf, witnessKey } from "./notary.ts";
import { log, origin, otherLog, textAt, witnesses } from "./sample-log.ts";

/** A case; `output.error` is a code of core, or null. Bytes are lower-case hex. */
export interface CheckpointVector<Input, Output> {
  readonly title: string;
  readonly clause: string;
  readonly input: Input;
  readonly output: Output & { readonly error: string | null };
}

/** A verifier key and its parts. */
export type VerifierKeyVector = CheckpointVector<
  { readonly verifierKey: string },
  { readonly name?: string; readonly keyId?: string; readonly type?: string; readonly publicKey?: string }
>;

/** A note, the keys its reader knows, and whose signatures the reader finds: name and time, null for a log's. */
export type NoteVector = CheckpointVector<
  { readonly note: string; readonly verifierKeys: readonly string[] },
  { readonly text?: string; readonly signers?: readonly { readonly name: string; readonly timestamp: number | null }[] }
>;

/** A checkpoint's text and its parts. */
export type CheckpointTextVector = CheckpointVector<
  { readonly text: string },
  {
    readonly origin?: string;
    readonly size?: number;
    readonly rootHash?: string;
    readonly extensions?: readonly string[];
  }
>;

/** Makes verifier keys. */
export function verifierKeyVectors(): VerifierKeyVector[] {
  const clause = "C2SP signed-note § Verifier keys";
  const good = (title: string, { name, vkey }: { name: string; vkey: string }, type: string): VerifierKeyVector => {
    const [keyId = "", ...encoded] = vkey.slice(name.length + 1).split("+");
    const publicKey = Buffer.from(encoded.join("+"), "base64").subarray(1).toString("hex");
    return { title, clause, input: { verifierKey: vkey }, output: { error: null, name, keyId, type, publicKey } };
  };
  const bad = (title: string, verifierKey: string): VerifierKeyVector => ({
    title,
    clause,
    input: { verifierKey },
    output: { error: "VERIFIER_KEY_MALFORMED" },
  });
  const keyId = log.vkey.slice(origin.length + 1, origin.length + 9);
  const encoded = log.vkey.slice(origin.length + 10);
  return [
    good("a log's key", log, "ed25519"),
    good("a witness's key", witnesses.north, "ed25519-cosignature"),
    good("an ML-DSA-44 witness's key", witnesses.quantum, "ml-dsa-44-cosignature"),
    good("a name beyond ASCII", logKey("krankenhaus.example/röntgen"), "ed25519"),
    bad("nothing", ""),
    bad("a name alone", origin),
    bad("no name", log.vkey.slice(origin.length)),
    bad("a space in the name", vkeyOf("log example", 1, seedOf("a"))),
    bad("a no-break space in the name", vkeyOf("log\u00a0example", 1, seedOf("a"))),
    bad("a key id in capitals", `${origin}+${keyId.toUpperCase()}+${encoded}`),
    bad("a key id of another name", `log.example/x+${keyId}+${encoded}`),
    bad("a key id cut short", `${origin}+${keyId.slice(1)}+${encoded}`),
    bad("a type nobody assigned", vkeyOf(origin, 0x07, seedOf("a"))),
    bad("a key of 31 bytes", vkeyOf(origin, 0x01, seedOf("a").subarray(1))),
    bad("an Ed25519 key where ML-DSA-44 is announced", vkeyOf(origin, 0x06, seedOf("a"))),
    bad("base64 without padding", witnesses.quantum.vkey.replace(/=+$/, "")),
    bad("a newline after", `${log.vkey}\n`),
  ];
}

/** Makes notes. */
export function noteVectors(): NoteVector[] {
  const text = textAt(7);
  const { north, south, quantum } = witnesses;
  const all = [log, north, south, quantum];
  const keys = [log, north, south].map(({ vkey }) => vkey);
  const good = (
    title: string,
    input: NoteVector["input"],
    signers: readonly (readonly [string, number | null])[],
    signed = text,
  ): NoteVector => ({
    title,
    clause: "C2SP signed-note § Signatures",
    input,
    output: { error: null, text: signed, signers: signers.map(([name, timestamp]) => ({ name, timestamp })) },
  });
  const bad = (title: string, error: string, bytes: string, verifierKeys: readonly string[] = keys): NoteVector => ({
    title,
    clause: "C2SP signed-note § Format",
    input: { note: bytes, verifierKeys },
    output: { error },
  });
  const marks = [
    [origin, null],
    [north.name, 1_789_000_000],
    [south.name, 1_789_000_001],
    [quantum.name, 1_789_000_004],
  ] as const;
  const plain = "a text\n\nof three lines\n";
  const spoiled = (blob: Buffer, at: number): Buffer =>
    Buffer.from(blob.map((byte, index) => (index === at ? byte ^ 1 : byte)));
  const signed = note(text, log);
  return [
    good(
      "a log's signature and three cosignatures",
      { note: note(text, ...all), verifierKeys: [...keys, quantum.vkey] },
      marks,
    ),
    good(
      "signatures by others are passed over",
      { note: note(text, otherLog, ...all), verifierKeys: [log.vkey, south.vkey] },
      [marks[0], marks[2]],
    ),
    good(
      "a text with an empty line, no checkpoint",
      { note: note(plain, log), verifierKeys: [log.vkey] },
      [marks[0]],
      plain,
    ),
    good(
      "a signature under a known name and another key id is another's",
      { note: `${signed}${signatureLine(origin, Buffer.alloc(68, 7))}`, verifierKeys: keys },
      [marks[0]],
    ),
    good(
      "a signature of a type unknown here",
      { note: `${signed}${signatureLine("other.example", Buffer.alloc(9, 7))}`, verifierKeys: keys },
      [marks[0]],
    ),
    bad("nobody known has signed", "NOTE_UNSIGNED", note(text, otherLog)),
    bad(
      "a known log's signature is bad",
      "NOTE_SIGNATURE_INVALID",
      `${text}\n${signatureLine(origin, spoiled(log.blob(text), 9))}${north.line(text)}`,
    ),
    bad(
      "a known witness's signature is bad",
      "NOTE_SIGNATURE_INVALID",
      `${signed}${signatureLine(north.name, spoiled(north.blob(text), 40))}`,
    ),
    bad(
      "a known witness's time is not what it signed",
      "NOTE_SIGNATURE_INVALID",
      `${signed}${signatureLine(north.name, spoiled(north.blob(text), 11))}`,
    ),
    bad(
      "a known ML-DSA-44 witness's signature is bad",
      "NOTE_SIGNATURE_INVALID",
      `${signed}${signatureLine(quantum.name, spoiled(quantum.blob(text), 2000))}`,
      [...keys, quantum.vkey],
    ),
    bad(
      "a cosignature without a signature",
      "NOTE_SIGNATURE_INVALID",
      `${signed}${signatureLine(north.name, north.blob(text).subarray(0, 12))}`,
    ),
    bad(
      "a log's signature cut short",
      "NOTE_SIGNATURE_INVALID",
      `${text}\n${signatureLine(origin, log.blob(text).subarray(0, 67))}`,
    ),
    bad("the text changed", "NOTE_SIGNATURE_INVALID", note(text, log).replace("\n7\n", "\n8\n")),
    bad(
      "the same key signs well, then badly",
      "NOTE_SIGNATURE_INVALID",
      `${signed}${signatureLine(origin, spoiled(log.blob(text), 9))}`,
    ),
    bad("a cosignature on what is no checkpoint", "CHECKPOINT_MALFORMED", note(plain, log, north)),
    bad("nothing", "NOTE_MALFORMED", ""),
    bad("no signature", "NOTE_MALFORMED", `${text}\n`),
    bad("no blank line", "NOTE_MALFORMED", `${text}${log.line(text)}`),
    bad("no newline at the end", "NOTE_MALFORMED", signed.slice(0, -1)),
    bad("a line after the signatures", "NOTE_MALFORMED", `${signed}more\n`),
    bad("a hyphen for the dash", "NOTE_MALFORMED", signed.replace("— ", "- ")),
    bad("two spaces before the signature", "NOTE_MALFORMED", signed.replace(`${origin} `, `${origin}  `)),
    bad("a word after the signature", "NOTE_MALFORMED", signed.replace(/\n$/, " more\n")),
    bad("no name", "NOTE_MALFORMED", signed.replace(`— ${origin} `, "—  ")),
    bad("a plus in the name", "NOTE_MALFORMED", signed.replace(`— ${origin}`, "— log+x")),
    bad(
      "base64 with a stray bit",
      "NOTE_MALFORMED",
      signed.replace(/.=\n$/, (end) => `${String.fromCharCode(end.charCodeAt(0) + 1)}=\n`),
    ),
    bad("a key id alone", "NOTE_MALFORMED", `${text}\n${signatureLine(origin, log.blob(text).subarray(0, 4))}`),
    bad("a carriage return", "NOTE_MALFORMED", note(text.replace("7\n", "7\r\n"), log)),
    bad("a tab", "NOTE_MALFORMED", note(`a\tb\n`, log)),
    bad(
      "more signatures than a reader takes",
      "NOTE_TOO_LARGE",
      note(text, log, ...Array.from({ length: 100 }, (_, n) => witnessKey(`witness.example/${n}`, 1))),
    ),
  ];
}

/** Makes checkpoint texts. */
export function checkpointTextVectors(): CheckpointTextVector[] {
  const clause = "C2SP tlog-checkpoint § Note text";
  const rootHash = seedOf("root");
  const root = rootHash.toString("base64");
  const good = (
    title: string,
    text: string,
    size: number,
    extensions: readonly string[] = [],
  ): CheckpointTextVector => ({
    title,
    clause,
    input: { text },
    output: { error: null, origin, size, rootHash: rootHash.toString("hex"), extensions },
  });
  const bad = (title: string, text: string): CheckpointTextVector => ({
    title,
    clause,
    input: { text },
    output: { error: "CHECKPOINT_MALFORMED" },
  });
  return [
    good("three lines", `${origin}\n20852163\n${root}\n`, 20_852_163),
    good("the empty tree", `${origin}\n0\n${root}\n`, 0),
    good("the largest size", `${origin}\n9007199254740991\n${root}\n`, 9_007_199_254_740_991),
    good("two extension lines", `${origin}\n5\n${root}\none\ntwo words\n`, 5, ["one", "two words"]),
    bad("nothing", ""),
    bad("two lines", `${origin}\n5\n`),
    bad("no newline at the end", `${origin}\n5\n${root}`),
    bad("no origin", `\n5\n${root}\n`),
    bad("a size with a leading zero", `${origin}\n05\n${root}\n`),
    bad("a size with a sign", `${origin}\n+5\n${root}\n`),
    bad("a size beyond 2^53 − 1", `${origin}\n9007199254740992\n${root}\n`),
    bad("a size in Arabic digits", `${origin}\n٥\n${root}\n`),
    bad("a root of 31 bytes", `${origin}\n5\n${rootHash.subarray(1).toString("base64")}\n`),
    bad("a root in base64url", `${origin}\n5\n${Buffer.alloc(32, 0xfb).toString("base64url")}=\n`),
    bad("a root without padding", `${origin}\n5\n${root.slice(0, -1)}\n`),
    bad("an extension line without its newline", `${origin}\n5\n${root}\none`),
    bad("an empty extension line", `${origin}\n5\n${root}\n\n`),
    bad("an empty line between extension lines", `${origin}\n5\n${root}\none\n\ntwo\n`),
  ];
}
