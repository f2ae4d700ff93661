// Where a search goes on, in an address that tells nobody what was sought: sealed with a key of this process. NIST SP 800-38D (AES-GCM).
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { fromBase64Url, toBase64Url, utf8, utf8Decode } from "@fiducial/core";
import { NodeError } from "../../node-error.ts";

/** Seals and opens what pages need to know. */
export interface PageTokens {
  /** Seals it for the resource type `type`. */
  seal(type: string, content: unknown): string;
  /** Throws PAGE_EXPIRED for what was not sealed here, or for another type. */
  open(type: string, token: string): unknown;
}

const [nonceBytes, tagBytes] = [12, 16];

/** Makes tokens that hold as long as this process: who comes with one from before searches again. */
export function pageTokens(): PageTokens {
  const key = randomBytes(32);
  return {
    seal: (type, content) => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(utf8(type));
      const sealed = Buffer.concat([cipher.update(JSON.stringify(content), "utf8"), cipher.final()]);
      return toBase64Url(Buffer.concat([nonce, sealed, cipher.getAuthTag()]));
    },
    open: (type, token) => {
      const bytes = fromBase64Url(token);
      if (bytes === undefined || bytes.length < nonceBytes + tagBytes) throw new NodeError("PAGE_EXPIRED");
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
        .setAAD(utf8(type))
        .setAuthTag(bytes.subarray(-tagBytes));
      try {
        const opened = Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]);
        return JSON.parse(utf8Decode(opened) ?? "");
      } catch {
        throw new NodeError("PAGE_EXPIRED");
      }
    },
  };
}
