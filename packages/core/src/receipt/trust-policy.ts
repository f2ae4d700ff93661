// What a verifier trusts before it looks at a receipt: log keys and cosigners (C2SP tlog-policy), and each log's first entry. docs/formats/policy.md.
import { formatPolicy, type Policy, parsePolicy } from "../checkpoint/policy.ts";
import { CoreError } from "../core-error.ts";
import { canonicalJson, isJsonObject, type Json } from "../encoding/canonical-json.ts";
import { isHex, isOrigin, type StatementId } from "../statement/payload.ts";

/** What every trust policy begins with. */
const trustPolicyFormat = "fiducial-policy-v1";

/** Whose word a verifier takes. */
export interface TrustPolicy {
  readonly policy: Policy;
  /** By origin: the statement id of entry 0, which names the founders' root keys. */
  readonly genesis: Readonly<Record<string, StatementId>>;
  /** Names of the policy's cosigners that are replicas: they hold every entry and ran the rules again. */
  readonly replicas: readonly string[];
}

/** Writes a trust policy: JSON that people can read. */
export function formatTrustPolicy({ policy, genesis, replicas }: TrustPolicy): string {
  const json = { format: trustPolicyFormat, genesis, policy: formatPolicy(policy).trimEnd().split("\n"), replicas };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}

/** Reads a trust policy. Throws TRUST_POLICY_MALFORMED, POLICY_MALFORMED. */
export function parseTrustPolicy(text: string): TrustPolicy {
  const json = parse(text);
  if (!isJsonObject(json) || Object.keys(json).sort().join() !== "format,genesis,policy,replicas")
    throw new CoreError("TRUST_POLICY_MALFORMED");
  const { format, genesis, policy, replicas } = json;
  const formed = format === trustPolicyFormat && areTexts(policy) && areTexts(replicas) && isJsonObject(genesis);
  if (!formed || !Object.entries(genesis).every(([origin, id]) => isOrigin(origin) && isHex(id, 32)))
    throw new CoreError("TRUST_POLICY_MALFORMED");
  return {
    policy: parsePolicy(`${policy.join("\n")}\n`),
    genesis: genesis as Readonly<Record<string, string>>,
    replicas,
  };
}

function parse(text: string): Json {
  try {
    const json = JSON.parse(text) as Json;
    canonicalJson(json);
    return json;
  } catch (cause) {
    throw new CoreError("TRUST_POLICY_MALFORMED", { cause });
  }
}

function areTexts(json: Json | undefined): json is readonly string[] {
  return Array.isArray(json) && json.every((text) => typeof text === "string");
}
