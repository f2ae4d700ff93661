// The few shapes that open fields are made of. None of them is free text, so nothing can be written to a ledger by mistake.
import { z } from "zod";

const hex128 = /^[0-9a-f]{32}$/;
const hex256 = /^[0-9a-f]{64}$/;

/** 128 random bits standing for a thing or a patient in one scope. */
export const Handle = z.string().regex(hex128);
/** An actor on this log: 128 random bits. */
export const ActorId = z.string().regex(hex128);
/** A SHA-256 digest or Merkle root: lower-case hex. */
export const Digest = z.string().regex(hex256);
/** A key id: SHA-256 over algorithm and public key. */
export const KeyId = z.string().regex(hex256);
/** A statement id: SHA-256 over what was signed. */
export const StatementId = z.string().regex(hex256);
/** The most things that a count says; sums stop there too, so that none grows beyond what JSON can hold. */
export const largestCount = 1_000_000_000;
/** A whole number of things. */
export const Count = z.int().min(0).max(largestCount);
/** How many entries a log has, or the index of one. */
export const LogSize = z.int().min(0);
/** A contract version. */
export const ContractVersion = z.int().min(1).max(9999);
/** A UTC time with milliseconds; texts of this form are ordered as the times are. */
export const UtcTimeField = z.iso.datetime({ precision: 3 });
/** A log's origin. */
export const Origin = z.string().regex(/^[a-z0-9][a-z0-9./_-]{0,126}[a-z0-9]$/);
/** What a passkey's assertions must show. */
const WebAuthnField = z.strictObject({
  rpIdHash: Digest,
  origins: z
    .array(z.string().regex(/^https?:\/\/[a-z0-9.:-]{1,253}$/))
    .min(1)
    .max(16),
});
/** A public key as a statement declares it: canonical base64 of 32 or 65 bytes, with the parameters of a passkey. */
export const PublicKeyField = z.strictObject({
  algorithm: z.enum(["Ed25519", "P-256", "WebAuthn-Ed25519", "WebAuthn-P-256"]),
  publicKey: z.string().regex(/^[A-Za-z0-9+/]{42}(?:[A-Za-z0-9+/]{44})?[AEIMQUYcgkosw048]=$/),
  webauthn: WebAuthnField.optional(),
});
/** For which purpose images or data are used: codes of HL7 v3 PurposeOfUse (value set 2.16.840.1.113883.1.11.20448). */
export const PurposeOfUse = z.enum([
  "TREAT",
  "ETREAT",
  "BTG",
  "HPAYMT",
  "HOPERAT",
  "HRESCH",
  "CLINTRCH",
  "HQUALIMP",
  "TRAIN",
  "PATRQT",
  "FAMRQT",
  "PUBHLTH",
  "HLEGAL",
  "HSYSADMIN",
]);
export type PurposeOfUse = z.infer<typeof PurposeOfUse>;
