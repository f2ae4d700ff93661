// An object as the node stores it, held against its receipts in this browser.
import { ApiError, type ObjectPlace } from "@fiducial/api";
import { parseEntry, parseReceipt, parseTrustPolicy, type Receipt } from "@fiducial/core";
import { type Finding, rememberingBackend, verifyFile } from "../verifier/verification.ts";
import { node } from "./node.ts";
import { pageDecoder } from "./picture/picture.ts";

const backend = rememberingBackend();
const places = new WeakMap<Receipt, ObjectPlace>();

/** Checks a file against receipts at hand and, unless `ask` is false, every version that the node has registered, under a policy: the node's own unless another is given. Throws ApiError. */
export async function checkWithNode(
  file: File,
  {
    policy,
    receipts = [],
    ask = true,
    use = "compare",
  }: {
    readonly policy?: string;
    readonly receipts?: readonly Receipt[];
    readonly ask?: boolean;
    /** `check` for a stored object that is shown; it is recorded as a look. */
    readonly use?: "check" | "compare";
  } = {},
  report?: Parameters<typeof verifyFile>[2],
): Promise<Finding> {
  const trust = parseTrustPolicy(policy ?? (await node.policy()));
  return verifyFile(
    file,
    {
      policy: trust,
      receipts,
      ...(ask && { lookUp: (uid: string) => registeredVersions(uid, use) }),
      decoder: pageDecoder(),
      backend,
    },
    report,
  );
}

/** Where the object that a receipt shows is stored, if the receipt came from the node. */
export function placeOf(receipt: Receipt): ObjectPlace | undefined {
  return places.get(receipt);
}

async function registeredVersions(sopInstanceUid: string, use: "check" | "compare"): Promise<readonly Receipt[]> {
  try {
    const { versions } = await node.lookup(sopInstanceUid, { for: use });
    return versions.map(({ receipt: text, statementId, item }) => {
      const receipt = parseReceipt(text);
      const study = studyIn(receipt);
      if (study !== undefined) places.set(receipt, { study, statementId, item });
      return receipt;
    });
  } catch (error) {
    if (error instanceof ApiError && error.code === "OBJECT_UNKNOWN") return [];
    throw error;
  }
}

function studyIn({ entry }: Receipt): string | undefined {
  const study = parseEntry(entry.bytes)?.statement.content.open["study"];
  return typeof study === "string" ? study : undefined;
}
