// Who a receipt's record names: organizations and actors by the names that it discloses and proves, and who keeps the log.
import { type Entry, isJsonObject, type ProvedEntry, parseEntry } from "@fiducial/core";
import type { ReceiptCheck } from "./receipt-check.ts";

/**
 * The name under which an organization, a device or software was registered, if the receipt discloses it: said by whoever founded the log or registered the
 * actor, and committed to in an entry of the log. Undefined for a record that does not hold. May have any characters.
 */
export function disclosedName(check: Named, actor: string): string | undefined {
  for (const { entry, disclosures } of shownEntries(check)) {
    const { kind, open } = entry.statement.content;
    const names = kind === "identity.log.created" ? disclosures["names"]?.value : undefined;
    const own = open[namedBy[kind] ?? ""] === actor ? disclosures["name"]?.value : undefined;
    const name = own ?? (names !== undefined && isJsonObject(names) ? names[actor] : undefined);
    if (typeof name === "string") return name;
  }
  return undefined;
}

/** The one organization that founded the log, and so keeps it: undefined where several did, or the receipt does not hold. */
export function logKeeper(check: Named): string | undefined {
  const genesis = shownEntries(check).find(({ entry }) => entry.statement.content.kind === "identity.log.created");
  const founders = genesis?.entry.statement.content.open["organizations"];
  const [founder, ...others] = Array.isArray(founders) ? founders : [];
  if (founder === undefined || others.length > 0 || !isJsonObject(founder)) return undefined;
  return typeof founder["organization"] === "string" ? founder["organization"] : undefined;
}

type Named = Pick<ReceiptCheck, "receipt" | "sound" | "waiting">;

/** By kind that names somebody, the open field that says whom. */
const namedBy: Readonly<Record<string, string>> = {
  "identity.organization.registered": "organization",
  "identity.actor.registered": "actor",
};

// The disclosures' commitments were opened with the receipt's other steps.
function shownEntries({ receipt, sound, waiting }: Named) {
  if (!sound && !waiting) return [];
  return [...receipt.keyChain, receipt.entry].flatMap((shown: ProvedEntry) => {
    const entry: Entry | undefined = parseEntry(shown.bytes);
    return entry === undefined ? [] : [{ entry, disclosures: shown.disclosures }];
  });
}
