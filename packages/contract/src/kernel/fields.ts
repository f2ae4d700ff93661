// The few shapes that open fields are made of. None of them is free text, so nothing can be written to a ledger by mistake.
import { z } from "zod";

/** 128 random bits standing for a thing or a patient in one scope. */
export const Handle = z.string().regex(/^[0-9a-f]{32}$/);
/** An actor on this log: 128 random bits. */
export const ActorId = Handle;
/** A SHA-256 digest or Merkle root: lower-case hex. */
export const Digest = z.string().regex(/^[0-9a-f]{64}$/);
/** A key id: SHA-256 over algorithm and public key. */
export const KeyId = Digest;
/** A statement id: SHA-256 over what was signed. */
export const StatementId = Digest;
/** A whole number of things. */
export const Count = z.int().min(0).max(1_000_000_000);
/** A UTC time with milliseconds. */
export const UtcTimeField = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
/** A log's origin. */
export const Origin = z.string().regex(/^[a-z0-9][a-z0-9./_-]{0,126}[a-z0-9]$/);
/** A public key as a statement declares it: base64, with the parameters of a passkey. */
export const PublicKeyField = z.strictObject({
  algorithm: z.enum(["Ed25519", "P-256", "WebAuthn-Ed25519", "WebAuthn-P-256"]),
  publicKey: z.string().regex(/^[A-Za-z0-9+/]{43,88}={0,2}$/),
  webauthn: z.strictObject({ rpIdHash: Digest, origins: z.array(z.string().regex(/^https?:\/\/[a-z0-9.:[\]-]{1,255}$/)).min(1).max(8) }).optional(),
});
