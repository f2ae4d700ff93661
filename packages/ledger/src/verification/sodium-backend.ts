// Signatures on servers: Ed25519 by libsodium, about twice as fast as OpenSSL; P-256, which it lacks, by OpenSSL.
import type { SignatureBackend } from "@fiducial/core";
import { crypto_sign_detached, crypto_sign_seed_keypair, crypto_sign_verify_detached } from "sodium-native";
import { nodeCryptoBackend } from "./node-crypto-backend.ts";

/** Verifies with libsodium and OpenSSL. */
export const sodiumBackend: SignatureBackend = {
  verifyEd25519: (publicKey, message, signature) => crypto_sign_verify_detached(signature, message, publicKey),
  verifyP256: nodeCryptoBackend.verifyP256,
};

/** Signs `message` with a 32-byte Ed25519 seed, or, almost twice as fast, with the 64 bytes that `expandEd25519Seed` made of it. */
export function signEd25519(seedOrSecret: Uint8Array, message: Uint8Array): Uint8Array<ArrayBuffer> {
  const signature = new Uint8Array(64);
  crypto_sign_detached(signature, message, seedOrSecret.length === 32 ? expandEd25519Seed(seedOrSecret) : seedOrSecret);
  return signature;
}

/** Returns libsodium's 64-byte secret key, seed ‖ public key. Never join the two by hand: a wrong public half gives the secret away. */
export function expandEd25519Seed(seed: Uint8Array): Uint8Array<ArrayBuffer> {
  const secretKey = new Uint8Array(64);
  crypto_sign_seed_keypair(new Uint8Array(32), secretKey, seed);
  return secretKey;
}
