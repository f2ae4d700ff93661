// Log policies: whose checkpoints to believe, as a file that people write and read. C2SP tlog-policy.
import { CoreError } from "../core-error.ts";
import { toHex } from "../encoding/bytes.ts";
import { hasControlCharacter } from "./lines.ts";
import { formatVerifierKey, parseVerifierKey, type SignatureType, type VerifierKey } from "./verifier-key.ts";

/** Logs of which any one suffices, and the quorum of witnesses that must have cosigned besides. */
export interface Policy {
  readonly logs: readonly PolicyLog[];
  readonly witnesses: readonly PolicyWitness[];
  readonly groups: readonly PolicyGroup[];
  /** The name of a witness or a group, or `none`. */
  readonly quorum: string;
}

/** A key that may sign as the log whose origin is the key's name. */
export interface PolicyLog {
  readonly key: VerifierKey;
  readonly url?: string;
}

/** A cosigner, witness or replica, under the name this policy gives it. */
export interface PolicyWitness {
  readonly name: string;
  readonly key: VerifierKey;
  readonly url?: string;
}

/** Has cosigned when `threshold` of its members have: witnesses, and groups that stand before it. */
export interface PolicyGroup {
  readonly name: string;
  readonly threshold: number;
  readonly members: readonly string[];
}

// In UTF-16 code units: room for hundreds of ML-DSA-44 keys.
const longestPolicy = 1_048_576;

const keyTypes = {
  log: ["ed25519", "ml-dsa-44-cosignature"],
  witness: ["ed25519-cosignature", "ml-dsa-44-cosignature"],
} as const satisfies Record<string, readonly SignatureType[]>;

/** Reads a policy, of which each line must end with a newline. Throws POLICY_MALFORMED with the line. */
export function parsePolicy(text: string): Policy {
  const lines = text.split("\n");
  if (lines.pop() !== "" || text.length > longestPolicy || !text.isWellFormed())
    throw new CoreError("POLICY_MALFORMED", { line: lines.length + 1 });
  const draft = newDraft();
  lines.forEach((line, index) => {
    if (!readLine(draft, line)) throw new CoreError("POLICY_MALFORMED", { line: index + 1 });
  });
  const { logs, witnesses, groups, quorum } = draft;
  if (quorum === undefined) throw new CoreError("POLICY_MALFORMED", { line: lines.length + 1 });
  return { logs, witnesses, groups, quorum };
}

/** Writes a policy: logs, witnesses, groups, quorum. Throws POLICY_MALFORMED for what nobody could read back. */
export function formatPolicy({ logs, witnesses, groups, quorum }: Policy): string {
  const lines = [
    ...logs.map(({ key, url }) => ["log", formatVerifierKey(key), ...urlWords(url)]),
    ...witnesses.map(({ name, key, url }) => ["witness", name, formatVerifierKey(key), ...urlWords(url)]),
    ...groups.map(({ name, threshold, members }) => ["group", name, String(threshold), ...members]),
    ["quorum", quorum],
  ];
  if (lines.flat().some((word) => word === "" || /[ \t\n]/.test(word))) throw new CoreError("POLICY_MALFORMED");
  const text = lines.map((words) => `${words.join(" ")}\n`).join("");
  parsePolicy(text);
  return text;
}

function urlWords(url: string | undefined): string[] {
  return url === undefined ? [] : [url];
}

/** A policy while it is read: with the names, members and keys met so far, since none may come twice. */
interface Draft {
  readonly logs: PolicyLog[];
  readonly witnesses: PolicyWitness[];
  readonly groups: PolicyGroup[];
  readonly names: Set<string>;
  readonly members: Set<string>;
  readonly keys: { readonly log: Set<string>; readonly witness: Set<string> };
  quorum: string | undefined;
}

function newDraft(): Draft {
  const keys = { log: new Set<string>(), witness: new Set<string>() };
  return { logs: [], witnesses: [], groups: [], names: new Set(), members: new Set(), keys, quorum: undefined };
}

function readLine(draft: Draft, line: string): boolean {
  if (hasControlCharacter(line.replaceAll("\t", " ")) || line.includes("\x7f")) return false;
  const [keyword, ...words] = line.split(/[ \t]+/).filter((word) => word !== "");
  if (keyword === undefined || keyword.startsWith("#")) return true;
  return Object.hasOwn(readers, keyword) && readers[keyword as keyof typeof readers](draft, words);
}

const readers = {
  log(draft: Draft, [vkey, url, ...rest]: readonly string[]): boolean {
    const key = takeKey(draft, "log", vkey);
    if (key === undefined || rest.length > 0) return false;
    draft.logs.push({ key, ...(url !== undefined && { url }) });
    return true;
  },

  witness(draft: Draft, [name, vkey, url, ...rest]: readonly string[]): boolean {
    const key = takeKey(draft, "witness", vkey);
    if (!takeName(draft, name) || key === undefined || rest.length > 0) return false;
    draft.witnesses.push({ name, key, ...(url !== undefined && { url }) });
    return true;
  },

  group(draft: Draft, [name, count, ...members]: readonly string[]): boolean {
    const threshold = thresholdOf(count, members.length);
    // Members first: a group must stand before whatever names it, so it cannot name itself.
    if (threshold === undefined || !members.every((member) => takeMember(draft, member))) return false;
    if (!takeName(draft, name)) return false;
    draft.groups.push({ name, threshold, members });
    return true;
  },

  quorum(draft: Draft, [name, ...rest]: readonly string[]): boolean {
    if (name === undefined || rest.length > 0 || draft.quorum !== undefined) return false;
    draft.quorum = name;
    return name === "none" || draft.names.has(name);
  },
};

// Two keys are one when their public keys are, whatever their names. The specification compares logs with logs, witnesses with witnesses.
function takeKey({ keys }: Draft, purpose: keyof typeof keyTypes, vkey = ""): VerifierKey | undefined {
  const key = readKey(vkey);
  if (key === undefined || !keyTypes[purpose].some((type) => type === key.type)) return undefined;
  return takes(keys[purpose], toHex(key.publicKey)) ? key : undefined;
}

function takeName({ names }: Draft, name: string | undefined): name is string {
  return name !== undefined && name !== "none" && takes(names, name);
}

function takeMember({ names, members }: Draft, member: string): boolean {
  return names.has(member) && takes(members, member);
}

function takes(taken: Set<string>, name: string): boolean {
  const { size } = taken;
  return taken.add(name).size > size;
}

function readKey(vkey: string): VerifierKey | undefined {
  try {
    return parseVerifierKey(vkey);
  } catch {
    return undefined;
  }
}

function thresholdOf(count: string | undefined, members: number): number | undefined {
  if (members === 0) return undefined;
  if (count === "any") return 1;
  if (count === "all") return members;
  const threshold = /^[1-9]\d{0,5}$/.test(count ?? "") ? Number(count) : members + 1;
  return threshold <= members ? threshold : undefined;
}
