// The shape of a vector in ed25519.json and p256.json.
import { toHex } from "../../packages/core/src/encoding/bytes.ts";

/** A signature and what is wrong with it. Byte strings in hex. */
export interface SignatureVector {
  readonly title: string;
  readonly clause: string;
  readonly input: { readonly publicKey: string; readonly message: string; readonly signature: string };
  readonly output: {
    /** The first breach of the rule; `EQUATION` when only the equation fails; null for a valid signature. */
    readonly fault: string | null;
    /** Whether the bare equation holds, as a careless implementation computes it. */
    readonly equationHolds: boolean;
    /** Why the key cannot be registered; null when it can. */
    readonly keyFault: string | null;
  };
}

/** The three byte strings of a vector. */
export interface SignatureBytes {
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}

/** Returns a function that makes vectors; `equation` is the bare equation of the scheme. */
export function vectorMaker(equation: (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean) {
  return (
    title: string,
    clause: string,
    bytes: SignatureBytes,
    fault: string | null,
    keyFault: string | null = null,
  ): SignatureVector => {
    const { publicKey, message, signature } = bytes;
    return {
      title,
      clause,
      input: { publicKey: toHex(publicKey), message: toHex(message), signature: toHex(signature) },
      output: { fault, equationHolds: equation(publicKey, message, signature), keyFault },
    };
  };
}
