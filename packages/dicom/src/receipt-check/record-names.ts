// Who a receipt's record names: organizations and actors by the names that it discloses and proves, and who keeps the log.
import { isJsonObject, parseEntry } from "@fiducial/core";
import type { ReceiptCheck } from "./receipt-check.ts";

/**
 * The name under which an organization, a device or software was registered, if the receipt discloses it: said by whoever founded the log or registered the
 * actor, and committed to in an entry of the log. Undefined for a record that does not hold. May have any characters.
 */
export function disclosedName(check: Named, actor: string): string | undefined {
  for (const { open, disclosures } of shownEntries(check)) {
    const names = disclosures["names"]?.value;
    // By the kinds' fields, `names` are said by whoever founds the log, and `name` by whoever registers an actor or organization.
    const own = (open["actor"] ?? open["organization"]) === actor ? disclosures["name"]?.value : undefined;
    const name = own ?? (names !== undefined && isJsonObject(names) ? names[actor] : undefined);
    if (typeof name === "string") return name;
  }
  return undefined;
}

/** The one organization that founded the log, and so keeps it: undefined where several did, or the receipt does not hold. */
export function logKeeper(check: Named): string | undefined {
  // Entry 0 alone has them, and the key chain was followed from there, so they have their shape.
  const founders = shownEntries(check)[0]?.open["organizations"] as readonly { organization: string }[] | undefined;
  return founders?.length === 1 ? founders[0]?.organization : undefined;
}

type Named = Pick<ReceiptCheck, "receipt" | "sound" | "waiting">;

/** The kinds that name somebody. A field of that name in another kind is for the rules to refuse, and a receipt does not show that they did. */
const naming = ["identity.log.created", "identity.organization.registered", "identity.actor.registered"];

// The disclosures' commitments were opened with the receipt's other steps.
function shownEntries({ receipt, sound, waiting }: Named) {
  const shown = sound || waiting ? [...receipt.keyChain, receipt.entry] : [];
  return shown.flatMap(({ bytes, disclosures }) => {
    const content = parseEntry(bytes)?.statement.content;
    return content && naming.includes(content.kind) ? [{ open: content.open, disclosures }] : [];
  });
}
