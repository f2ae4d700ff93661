// The part of sodium-native that is used here; the library ships no types.
declare module "sodium-native" {
  /** Tells whether `signature` (64 bytes) is over `message` by `publicKey` (32 bytes). */
  export function crypto_sign_verify_detached(
    signature: Uint8Array,
    message: Uint8Array,
    publicKey: Uint8Array,
  ): boolean;
  /** Writes 64 bytes into `signature`; `secretKey` is the 64 bytes of crypto_sign_seed_keypair. */
  export function crypto_sign_detached(signature: Uint8Array, message: Uint8Array, secretKey: Uint8Array): void;
  /** Writes 32 bytes into `publicKey` and 64 into `secretKey`, from a 32-byte seed. */
  export function crypto_sign_seed_keypair(publicKey: Uint8Array, secretKey: Uint8Array, seed: Uint8Array): void;
}
