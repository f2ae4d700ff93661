// What a node keeps for passkeys: records, challenges and drafts that wait, and what it is to browsers.
import type { DatabaseSync } from "node:sqlite";
import type { MemberKey } from "../operations/key-file.ts";
import { type Challenges, challengesIn } from "./challenges.ts";
import { type KeptDrafts, keptDrafts } from "./kept-drafts.ts";
import { type PasskeyRecords, passkeyRecordsIn } from "./passkey-records.ts";
import { type RelyingParty, relyingPartyAt } from "./relying-party.ts";
import type { WaitingDraft } from "./waiting-draft.ts";

export interface PasskeyRoom {
  readonly records: PasskeyRecords;
  readonly challenges: Challenges;
  readonly drafts: KeptDrafts<WaitingDraft>;
  /** A key that the node itself holds for a person: of a demonstration's people only. Beside it a first passkey can be added. */
  readonly heldFor: (actor: string) => Promise<MemberKey | undefined>;
  /** Throws PASSKEYS_NOT_OFFERED. */
  party(): RelyingParty;
}

/** Where the node is, and how it runs. */
export interface PasskeySurroundings {
  readonly publicUrl: () => string;
  readonly mode: "local" | "production";
  readonly nowMs: () => number;
  readonly heldFor?: PasskeyRoom["heldFor"];
}

/** Opens the room. */
export function passkeyRoom(
  database: DatabaseSync,
  { publicUrl, mode, nowMs, heldFor = async () => undefined }: PasskeySurroundings,
): PasskeyRoom {
  return {
    records: passkeyRecordsIn(database, nowMs),
    challenges: challengesIn(nowMs),
    drafts: keptDrafts(nowMs),
    heldFor,
    party: () => relyingPartyAt(publicUrl(), mode),
  };
}
