// Whether a digest of the object shown is the registered one, where both are there: two that could not be made are not equal. docs/formats/fingerprints.md § Pixels.
import type { Fingerprint } from "@fiducial/dicom";

/** The digests that are compared. */
export type DigestName = "file" | "dataset" | "frames" | "pixels";
type Digests = Pick<Fingerprint, DigestName>;

/** Equal or not; undefined where there is nothing to compare. */
export function equalityOf(name: DigestName, made: Digests, registered: Digests): boolean | undefined {
  if (name === "pixels" && (isUntold(made) || isUntold(registered))) return undefined;
  return made[name] === null && registered[name] === null ? undefined : made[name] === registered[name];
}

/** Tells whether there are frames whose samples nobody could tell. */
export function isUntold({ frames, pixels }: Pick<Digests, "frames" | "pixels">): boolean {
  return frames !== null && pixels === null;
}
