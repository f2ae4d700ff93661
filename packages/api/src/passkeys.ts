// Passkeys, and statements that they sign. WebAuthn Level 3 § 5.1; binary values are base64url, as its JSON forms have them.
import { type RejectionReason, rejectionReasons, roles } from "@fiducial/contract";
import { z } from "zod";
import { DigestField, HandleField, IndexField, UtcTimeField } from "./fields.ts";

const Binary = (longest: number) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/)
    .max(longest);
const CredentialId = Binary(1400);
const Transports = z.array(z.string().max(32)).max(8);
const Credential = z.object({ id: CredentialId, type: z.literal("public-key"), transports: Transports });

/** A passkey of one's own, as the ledger has it. */
export const Passkey = z.object({
  key: DigestField,
  algorithm: z.enum(["WebAuthn-Ed25519", "WebAuthn-P-256"]),
  /** The entry that registered it. */
  index: IndexField,
  addedAt: UtcTimeField,
  /** When it was last used here, if this node remembers. */
  usedAt: UtcTimeField.optional(),
});
export type Passkey = z.infer<typeof Passkey>;

export const Passkeys = z.object({
  passkeys: z.array(Passkey),
  /** Whether passkeys work at this node's address at all. */
  offered: z.boolean(),
  /** Whether the ledger lets the caller add one: whoever once had a key and has none left is recovered by an administrator. */
  addable: z.boolean(),
});
export type Passkeys = z.infer<typeof Passkeys>;

/** What a browser is given to make a passkey with: PublicKeyCredentialCreationOptionsJSON. */
export const PasskeyCreation = z.object({
  challenge: Binary(64),
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: Binary(64), name: z.string(), displayName: z.string() }),
  pubKeyCredParams: z.array(z.object({ type: z.literal("public-key"), alg: z.int() })),
  timeout: z.int(),
  attestation: z.literal("none"),
  excludeCredentials: z.array(Credential),
  authenticatorSelection: z.object({
    residentKey: z.literal("required"),
    requireResidentKey: z.literal(true),
    userVerification: z.literal("required"),
  }),
});
export type PasskeyCreation = z.infer<typeof PasskeyCreation>;

/** What a browser is given to ask a passkey with: PublicKeyCredentialRequestOptionsJSON. */
export const PasskeyRequest = z.object({
  challenge: Binary(64),
  rpId: z.string(),
  timeout: z.int(),
  userVerification: z.literal("required"),
  allowCredentials: z.array(Credential),
});
export type PasskeyRequest = z.infer<typeof PasskeyRequest>;

/** A passkey that a browser has made: RegistrationResponseJSON, as far as it is read. */
export const NewPasskey = z.object({
  id: CredentialId,
  rawId: CredentialId,
  type: z.literal("public-key"),
  response: z.object({
    clientDataJSON: Binary(4096),
    attestationObject: Binary(16_384),
    transports: Transports.optional(),
  }),
});
export type NewPasskey = z.infer<typeof NewPasskey>;

/** What a passkey answered: AuthenticationResponseJSON, as far as it is read. */
export const PasskeyAssertion = z.object({
  id: CredentialId,
  rawId: CredentialId,
  type: z.literal("public-key"),
  response: z.object({
    authenticatorData: Binary(2048),
    clientDataJSON: Binary(4096),
    signature: Binary(256),
    userHandle: Binary(128).optional(),
  }),
});
export type PasskeyAssertion = z.infer<typeof PasskeyAssertion>;

/** Where the browser goes once somebody is in. */
export const PasskeySignedIn = z.object({ actor: HandleField });
export type PasskeySignedIn = z.infer<typeof PasskeySignedIn>;

/** Why a passkey is removed. */
export const PasskeyRemoval = z.strictObject({ reason: z.enum(["lost", "superseded", "ceased"]) });
export type PasskeyRemoval = z.infer<typeof PasskeyRemoval>;

const RoleOfActor = { actor: HandleField, role: z.enum(roles) };

/** What an act says that a person signs with a passkey, by its kind. */
export const DraftedAct = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("identity.role.granted"), ...RoleOfActor }),
  z.strictObject({ kind: z.literal("identity.role.withdrawn"), ...RoleOfActor }),
  z.strictObject({
    kind: z.literal("imaging.hold.placed"),
    study: HandleField,
    reason: z.enum(["legal", "trial", "research", "quality"]),
    /** What it is about. It stays in the vault. */
    matter: z.string().trim().min(1).max(500).optional(),
  }),
  z.strictObject({
    kind: z.literal("imaging.hold.released"),
    study: HandleField,
    /** Needed where the study has several. */
    hold: HandleField.optional(),
  }),
  z.strictObject({
    kind: z.literal("imaging.study.rejected"),
    study: HandleField,
    reason: z.enum(Object.keys(rejectionReasons) as [RejectionReason, ...RejectionReason[]]),
  }),
]);
export type DraftedAct = z.infer<typeof DraftedAct>;

/** An act to be signed with a passkey of the caller's: the one named, or the one used last. */
export const NewDraft = z.strictObject({ act: DraftedAct, key: DigestField.optional() });
export type NewDraft = z.infer<typeof NewDraft>;

/** A statement that waits for its signatures, for five minutes. */
export const Draft = z.object({
  draft: HandleField,
  /** SHA-256 over the pre-authentication encoding of `payload`: the challenge of every signature below. */
  statementId: DigestField,
  kind: z.string(),
  /** What statements of this kind say. */
  sentence: z.string(),
  /** Canonical JSON of the in-toto statement, exactly as it is signed. */
  payload: z.string(),
  endsAt: UtcTimeField,
  /** In the order in which they are signed. */
  signings: z.array(z.object({ key: DigestField, request: PasskeyRequest })).min(1),
});
export type Draft = z.infer<typeof Draft>;

/** One answer of a passkey for each signing of the draft, in the same order. */
export const DraftSignatures = z.strictObject({ signatures: z.array(PasskeyAssertion).min(1).max(2) });
export type DraftSignatures = z.infer<typeof DraftSignatures>;

/** A statement that the ledger accepted. */
export const StatedEntry = z.object({
  kind: z.string(),
  statementId: DigestField,
  index: IndexField,
  recordedAt: UtcTimeField,
  findings: z.array(z.string()),
});
export type StatedEntry = z.infer<typeof StatedEntry>;
