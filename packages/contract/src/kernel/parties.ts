// Who a statement's signers are, and which of them may state a kind. DESIGN § 5, Keys; § 6.
import type { ActorType, Party, Role } from "./directory.ts";

/** A signer as the directory knows it at this point of the log. */
export interface SignerFacts {
  readonly actor: string;
  readonly type: ActorType | "organization";
  readonly organization: string;
  readonly roles: readonly Role[];
  readonly key: string;
  /** True for a key that this very statement introduces. */
  readonly introduced: boolean;
}

/** Tells whether a signer is one of those who may state a kind: a person by role, others by what they are. */
export function isParty(by: readonly Party[], { type, roles }: Pick<SignerFacts, "type" | "roles">): boolean {
  if (by.includes("anyone")) return true;
  return type === "person" ? roles.some((role) => by.includes(role)) : by.includes(type);
}
