// Log policies and log proofs, good and bad. C2SP tlog-policy, tlog-proof.

import { logKey, note } from "./notary.ts";
import type { CheckpointVector } from "./note-cases.ts";
import { entries, log, origin, otherLog, textAt, tree, witnesses } from "./sample-log.ts";

/** A policy, the witnesses that cosigned by their names in it, and whether they are a quorum; or the line that is wrong. */
export type PolicyVector = CheckpointVector<
  { readonly policy: string; readonly cosigned: readonly string[] },
  { readonly quorumMet?: boolean; readonly line?: number }
>;

/** A log proof for an entry under a policy, and what the policy makes of it; `error` also for proofs that do not hold. */
export type LogProofVector = CheckpointVector<
  { readonly logProof: string; readonly entry: string; readonly policy: string },
  { readonly index?: number; readonly size?: number; readonly holds?: boolean; readonly extra?: string | null }
>;

const { north, south, east, west, quantum } = witnesses;
const witnessLines = [
  `witness N ${north.vkey}`,
  `witness S ${south.vkey} https://south.example/witness`,
  `witness E ${east.vkey}`,
  `witness W ${west.vkey}`,
];
const head = [`log ${log.vkey} https://log.example/imaging/`, ...witnessLines];

/** Makes policies. */
export function policyVectors(): PolicyVector[] {
  const nested = [...head, "group NS 2 N S", "group EW any E W", "group both all NS EW", "quorum both"];
  const good = (
    title: string,
    lines: readonly string[],
    cosigned: readonly string[],
    quorumMet: boolean,
  ): PolicyVector => ({
    title,
    clause: "C2SP tlog-policy § Defining a witness group",
    input: { policy: `${lines.join("\n")}\n`, cosigned },
    output: { error: null, quorumMet },
  });
  const bad = (title: string, lines: readonly string[], line: number, end = "\n"): PolicyVector => ({
    title,
    clause: "C2SP tlog-policy § Policy file syntax and structure",
    input: { policy: lines.join("\n") + end, cosigned: [] },
    output: { error: "POLICY_MALFORMED", line },
  });
  return [
    good("no quorum asked for", [`log ${log.vkey}`, "quorum none"], [], true),
    good("no log, no witness", ["quorum none"], [], true),
    good("one witness asked for, and there", [...head, "quorum S"], ["S"], true),
    good("one witness asked for, another there", [...head, "quorum S"], ["N"], false),
    good("two of three, two there", [...head, "group g 2 N S E", "quorum g"], ["N", "E"], true),
    good("two of three, one there", [...head, "group g 2 N S E", "quorum g"], ["E"], false),
    good("all, all there", [...head, "group g all N S E W", "quorum g"], ["W", "E", "S", "N"], true),
    good("all, all but one there", [...head, "group g all N S E W", "quorum g"], ["W", "E", "S"], false),
    good("any, one there", [...head, "group g any N S", "quorum g"], ["S"], true),
    good("any, another there", [...head, "group g any N S", "quorum g"], ["E"], false),
    good("groups of groups, both satisfied", nested, ["N", "S", "W"], true),
    good("groups of groups, one satisfied", nested, ["N", "E", "W"], false),
    good("the quorum before groups it does not need", [...head, "quorum N", "group g any S"], ["N"], true),
    good(
      "witnesses in another order, comments, tabs and blanks",
      ["# who", "", ` \t# whom`, ...head.toReversed(), "\tgroup  g\t1 S ", "quorum\tg"],
      ["S"],
      true,
    ),
    good("names beyond ASCII", [`witness Süd ${south.vkey}`, "quorum Süd"], ["Süd"], true),
    bad("nothing", [], 1, ""),
    bad("nothing but a blank line", [""], 2),
    bad("no quorum", head, 6),
    bad("two quorums", [...head, "quorum N", "quorum N"], 7),
    bad("a quorum of nobody defined", [...head, "quorum X"], 6),
    bad("a quorum of what is defined later", [`log ${log.vkey}`, "quorum N", ...witnessLines], 2),
    bad("a group of what is defined later", [...head, "group a any b", "group b any N", "quorum a"], 6),
    bad("a group of itself", [...head, "group a any a", "quorum a"], 6),
    bad("a group of none", [...head, "group a any none", "quorum a"], 6),
    bad("a group without members", [...head, "group a any", "quorum a"], 6),
    bad("a threshold of 0", [...head, "group a 0 N S", "quorum a"], 6),
    bad("a threshold above the members", [...head, "group a 3 N S", "quorum a"], 6),
    bad("a threshold with a leading zero", [...head, "group a 01 N S", "quorum a"], 6),
    bad("a threshold of words", [...head, "group a most N S", "quorum a"], 6),
    bad("a member twice in a group", [...head, "group a 2 N N", "quorum a"], 6),
    bad("a member of two groups", [...head, "group a any N S", "group b any N E", "quorum a"], 7),
    bad("a name twice", [...head, `witness N ${logKey("x").vkey}`, "quorum N"], 6),
    bad("a group named as a witness", [...head, "group N any S", "quorum N"], 6),
    bad("a witness called none", [`witness none ${north.vkey}`, "quorum none"], 1),
    bad("a witness's key twice", [`witness A ${north.vkey}`, `witness B ${north.vkey}`, "quorum A"], 2),
    bad("a log's key twice", [`log ${log.vkey}`, `log ${log.vkey}`, "quorum none"], 2),
    bad("a log key as a witness's", [`witness A ${log.vkey}`, "quorum A"], 1),
    bad("a witness key as a log's", [`log ${north.vkey}`, "quorum none"], 1),
    bad("a key with a wrong id", [`log ${origin}+00000000${log.vkey.slice(origin.length + 9)}`, "quorum none"], 1),
    bad("a word too many", [`log ${log.vkey} https://a.example https://b.example`, "quorum none"], 1),
    bad("a comment at the end of a line", ["quorum none # for now"], 1),
    bad("an unknown keyword", ["logs", "quorum none"], 1),
    bad("a keyword that every object has", ["constructor", "quorum none"], 1),
    bad("a carriage return", ["quorum none\r"], 1),
    bad("a delete character in a comment", ["# \x7f", "quorum none"], 1),
    bad("a form feed", ["\fquorum none"], 1),
    bad("no newline at the end", ["quorum none"], 1, ""),
  ];
}

/** Makes log proofs. */
export function logProofVectors(): LogProofVector[] {
  const text = textAt(7);
  const signed = note(text, log, north, west);
  const policy = `${[...head, "group g 2 N S W", "quorum g"].join("\n")}\n`;
  const strict = `${[...head, "group g all N S", "quorum g"].join("\n")}\n`;
  const elsewhere = `log ${otherLog.vkey}\nwitness N ${north.vkey}\nquorum N\n`;
  const hashes = (index: number, size: number) =>
    tree.path(index, 0, size).map((hash) => `${Buffer.from(hash).toString("base64")}\n`);
  const file = (index: number, proof: readonly string[], checkpoint = signed, extra = "") =>
    `c2sp.org/tlog-proof@v1\n${extra}index ${index}\n${proof.join("")}\n${checkpoint}`;
  const vector = (
    title: string,
    logProof: string,
    output: LogProofVector["output"],
    { entry = 3, by = policy } = {},
  ): LogProofVector => ({
    title,
    clause:
      output.error === "LOG_PROOF_MALFORMED" ? "C2SP tlog-proof § Format" : "C2SP tlog-proof § Verifying a tlog proof",
    input: { logProof, entry: entries[entry]?.toString("hex") ?? "", policy: by },
    output,
  });
  const bad = (title: string, logProof: string, error: string, options = {}) =>
    vector(title, logProof, { error }, options);
  const held = { error: null, index: 3, size: 7, holds: true, extra: null };
  const good = file(3, hashes(3, 7));
  const one = note(textAt(1), log, north, west);
  return [
    vector("entry 3 of 7, two of three witnesses", good, held),
    vector("with extra data, which nobody vouches for", file(3, hashes(3, 7), signed, "extra ZXh0cmE=\n"), {
      ...held,
      extra: "6578747261",
    }),
    vector("with empty extra data", file(3, hashes(3, 7), signed, "extra \n"), { ...held, extra: "" }),
    vector("the only entry, no hashes", file(0, [], one), { ...held, index: 0, size: 1 }, { entry: 0 }),
    vector("an ML-DSA-44 witness", file(3, hashes(3, 7), note(text, log, quantum)), held, {
      by: `log ${log.vkey}\nwitness Q ${quantum.vkey}\nquorum Q\n`,
    }),
    vector("too few witnesses", good, { ...held, holds: false }, { by: strict }),
    vector("a log the policy does not list", good, { ...held, holds: false }, { by: elsewhere }),
    bad("another entry", good, "ROOT_MISMATCH", { entry: 4 }),
    bad("another index", file(2, hashes(3, 7)), "ROOT_MISMATCH"),
    bad("an index outside the tree", file(7, hashes(3, 7)), "INDEX_OUT_OF_TREE"),
    bad("a hash too many", file(3, [...hashes(3, 7), ...hashes(0, 2)]), "PROOF_LENGTH_WRONG"),
    bad("a checkpoint signed by nobody the policy knows", file(3, hashes(3, 7), note(text, otherLog)), "NOTE_UNSIGNED"),
    bad("another version", good.replace("@v1", "@v2"), "LOG_PROOF_MALFORMED"),
    bad("no version", good.slice(good.indexOf("\n") + 1), "LOG_PROOF_MALFORMED"),
    bad("no index", good.replace("index 3\n", ""), "LOG_PROOF_MALFORMED"),
    bad("an index with a leading zero", good.replace("index 3", "index 03"), "LOG_PROOF_MALFORMED"),
    bad("extra data after the index", good.replace("index 3\n", "index 3\nextra ZQ==\n"), "LOG_PROOF_MALFORMED"),
    bad("extra data that is not base64", file(3, hashes(3, 7), signed, "extra ?\n"), "LOG_PROOF_MALFORMED"),
    bad("extra data twice", file(3, hashes(3, 7), signed, "extra ZQ==\nextra ZQ==\n"), "LOG_PROOF_MALFORMED"),
    bad("a hash of 31 bytes", file(3, [`${Buffer.alloc(31).toString("base64")}\n`]), "LOG_PROOF_MALFORMED"),
    bad(
      "64 hashes",
      file(
        3,
        Array.from({ length: 64 }, () => hashes(0, 2)[0] ?? ""),
      ),
      "LOG_PROOF_MALFORMED",
    ),
    bad("no blank line", good.replace("\n\n", "\n"), "LOG_PROOF_MALFORMED"),
    bad("no checkpoint", good.slice(0, good.indexOf("\n\n") + 2), "NOTE_MALFORMED"),
    bad("a note that is no checkpoint", file(3, hashes(3, 7), note("text\n", log)), "CHECKPOINT_MALFORMED"),
  ];
}
