// Made by scripts/vectors.ts: SHA-256 of the vector files under vectors/contract.
import type { VectorDigests } from "../kernel/contract.ts";

export const contract1Vectors: VectorDigests = {};
