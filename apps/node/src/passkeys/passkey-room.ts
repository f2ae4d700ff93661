// What a node keeps for passkeys: records, challenges and drafts that wait, and what it is to browsers.
import type { DatabaseSync } from "node:sqlite";
import { type Challenges, challengesIn } from "./challenges.ts";
import { type KeptDrafts, keptDrafts } from "./kept-drafts.ts";
import { type PasskeyRecords, passkeyRecordsIn } from "./passkey-records.ts";
import { type RelyingParty, relyingPartyAt } from "./relying-party.ts";
import type { WaitingDraft } from "./waiting-draft.ts";

export interface PasskeyRoom {
  readonly records: PasskeyRecords;
  readonly challenges: Challenges;
  readonly drafts: KeptDrafts<WaitingDraft>;
  /** Throws PASSKEYS_NOT_OFFERED. */
  party(): RelyingParty;
}

/** Where the node is, and how it runs. */
export interface PasskeySurroundings {
  readonly publicUrl: () => string;
  readonly mode: "local" | "production";
  readonly nowMs: () => number;
}

/** Opens the room. */
export function passkeyRoom(database: DatabaseSync, { publicUrl, mode, nowMs }: PasskeySurroundings): PasskeyRoom {
  return {
    records: passkeyRecordsIn(database, nowMs),
    challenges: challengesIn(nowMs),
    drafts: keptDrafts(nowMs),
    party: () => relyingPartyAt(publicUrl(), mode),
  };
}
