// The publication of the log that grows, signed with its key: made with the log, and never again.
import { type VerifierKey, verifierKey } from "@fiducial/core";
import { type Publication, publication } from "@fiducial/ledger";
import type { Kept } from "../folder/kept.ts";

/** Opens it. Throws VaultError for a key that is not there although the log is. */
export async function openPublication({
  store,
  reader,
  origin,
  logKeys,
  isNew,
  highWater,
  ownership,
}: Pick<Kept, "store" | "reader" | "logKeys" | "isNew" | "highWater" | "ownership"> & {
  readonly origin: string;
}): Promise<{
  readonly logKey: VerifierKey;
  readonly published: Publication;
}> {
  const { publicKey, sign } = isNew ? await logKeys.signer("log") : await logKeys.existingSigner("log");
  const logKey = verifierKey(origin, "ed25519", publicKey.bytes);
  const signer = { key: logKey, sign };
  const published = publication({ store, reader, origin, signer, highWater, mayGoOn: ownership.check });
  return { logKey, published };
}
