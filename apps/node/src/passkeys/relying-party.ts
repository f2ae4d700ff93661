// What this node is to a passkey: the host name and the origin under which browsers know it. WebAuthn Level 3 § 5.1.2, § 13.4.9.
import { createHash } from "node:crypto";
import type { WebAuthnParameters } from "@fiducial/core";
import { NodeError } from "../node-error.ts";

/** A relying party, and what a passkey made for it declares on the ledger. */
export interface RelyingParty {
  readonly id: string;
  readonly origin: string;
  readonly declares: WebAuthnParameters;
}

/** The relying party at an address. Throws PASSKEYS_NOT_OFFERED where browsers make none: without HTTPS elsewhere than at localhost (in production there neither), or without a host name. */
export function relyingPartyAt(publicUrl: string, mode: "local" | "production"): RelyingParty {
  const { protocol, hostname, origin } = new URL(publicUrl);
  const isTrial = mode === "local" && protocol === "http:" && hostname === "localhost";
  if (!isTrial && (protocol !== "https:" || isNumber(hostname))) throw new NodeError("PASSKEYS_NOT_OFFERED");
  const rpIdHash = createHash("sha256").update(hostname).digest("hex");
  return { id: hostname, origin, declares: { rpIdHash, origins: [origin] } };
}

function isNumber(hostname: string): boolean {
  return hostname.startsWith("[") || /^\d+(\.\d+){3}$/.test(hostname);
}
