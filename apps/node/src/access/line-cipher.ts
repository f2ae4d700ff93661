// Lines of text, each encrypted and authenticated for itself: AES-256-GCM under a random nonce, as base64. NIST SP 800-38D.
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/** Encrypts and decrypts lines under one key. */
export interface LineCipher {
  encrypt(text: string): string;
  /** Throws for a line that this key did not encrypt. */
  decrypt(line: string): string;
}

const nonceBytes = 12;
const tagBytes = 16;

/** Makes a cipher of 32 bytes. Throws RangeError for a key of another length. */
export function lineCipher(key: Uint8Array): LineCipher {
  return {
    encrypt: (text) => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64");
    },
    decrypt: (line) => {
      const bytes = Buffer.from(line, "base64");
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
      decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      const body = bytes.subarray(nonceBytes + tagBytes);
      return Buffer.concat([decipher.update(body), decipher.final()]).toString("utf8");
    },
  };
}
