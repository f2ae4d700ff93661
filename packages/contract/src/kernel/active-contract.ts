// Which contract version rules the next entry of a log. DESIGN § 5, Entry 0.
import { type Content, isJsonObject } from "@fiducial/core";
import type { Contract } from "./contract.ts";
import { type ContractReference, directory } from "./directory.ts";
import type { State } from "./state.ts";

/** The contract version that decides what comes after `size` entries, or undefined while the log is empty. */
export function activeContract(state: State, size: number): ContractReference | undefined {
  const log = directory.log(state);
  if (log === undefined) return undefined;
  const { version, digest } = log.next !== null && size >= log.next.atIndex ? log.next : log.contract;
  return { version, digest };
}

/**
 * The contract at hand that decides `content` after `size` entries: the active one, or for entry 0 the one that it
 * names. Undefined when that one is not among `contracts`: the log stops here until it is.
 */
export function contractFor(
  contracts: readonly Contract[],
  state: State,
  size: number,
  content: Pick<Content, "kind" | "open">,
): Contract | undefined {
  const asked = activeContract(state, size) ?? foundingContract(content);
  if (asked === undefined) return contracts.at(-1);
  return contracts.find(({ version, digest }) => version === asked.version && digest === asked.digest);
}

// Whatever else comes first is refused under any contract.
function foundingContract({ kind, open }: Pick<Content, "kind" | "open">): ContractReference | undefined {
  const named = kind === "identity.log.created" ? open["contract"] : undefined;
  if (!isJsonObject(named)) return undefined;
  const { version, digest } = named;
  return typeof version === "number" && typeof digest === "string" ? { version, digest } : undefined;
}
