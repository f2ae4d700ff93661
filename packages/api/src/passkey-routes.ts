// Addresses of passkeys: one's own, the way in with one, and statements that one signs.
import { z } from "zod";
import { DigestField, HandleField } from "./fields.ts";
import {
  Draft,
  DraftSignatures,
  NewDraft,
  NewPasskey,
  PasskeyAssertion,
  PasskeyCreation,
  PasskeyRemoval,
  PasskeyRequest,
  PasskeySignedIn,
  Passkeys,
  StatedEntry,
} from "./passkeys.ts";
import type { Route } from "./route.ts";

export const passkeyRoutes = {
  passkeys: {
    method: "GET",
    path: "/api/v1/passkeys",
    says: "One's own passkeys, the oldest first.",
    answer: Passkeys,
    problems: [],
  },
  createPasskey: {
    method: "POST",
    path: "/api/v1/passkeys/creation",
    says: "What a browser needs to make a passkey.",
    answer: PasskeyCreation,
    problems: ["PASSKEYS_NOT_OFFERED"],
  },
  addPasskey: {
    method: "POST",
    path: "/api/v1/passkeys",
    says: "Takes a passkey that a browser has made, and drafts its registration on the ledger: the new passkey signs it, and an earlier one where there is one.",
    body: NewPasskey,
    answer: Draft,
    problems: ["PASSKEYS_NOT_OFFERED", "PASSKEY_CHALLENGE_LOST", "PASSKEY_REFUSED"],
  },
  removePasskey: {
    method: "POST",
    path: "/api/v1/passkeys/{key}/revocation",
    says: "Ends one of one's own passkeys on the ledger, by the organization's word.",
    parameters: z.object({ key: DigestField }),
    body: PasskeyRemoval,
    answer: StatedEntry,
    problems: ["PASSKEY_UNKNOWN"],
  },
  askPasskey: {
    method: "POST",
    path: "/api/v1/session/passkey/challenge",
    says: "What a browser needs to ask for a passkey to sign in with.",
    answer: PasskeyRequest,
    problems: ["PASSKEYS_NOT_OFFERED"],
  },
  signInWithPasskey: {
    method: "POST",
    path: "/api/v1/session/passkey",
    says: "Begins a session for whom a passkey shows, with the roles that the ledger has.",
    body: PasskeyAssertion,
    answer: PasskeySignedIn,
    problems: ["PASSKEYS_NOT_OFFERED", "PASSKEY_CHALLENGE_LOST", "PASSKEY_REFUSED"],
  },
  draft: {
    method: "POST",
    path: "/api/v1/drafts",
    says: "Makes the exact statement that a passkey of the caller's is to sign. What the ledger would refuse is refused now.",
    body: NewDraft,
    answer: Draft,
    problems: ["PASSKEYS_NOT_OFFERED", "PASSKEY_UNKNOWN"],
  },
  signDraft: {
    method: "POST",
    path: "/api/v1/drafts/{draft}/signature",
    says: "Submits a drafted statement with what the passkeys answered, and tells the ledger's verdict.",
    parameters: z.object({ draft: HandleField }),
    body: DraftSignatures,
    answer: StatedEntry,
    problems: ["DRAFT_UNKNOWN", "PASSKEY_REFUSED"],
  },
} as const satisfies Readonly<Record<string, Route>>;
