// An object as a receipt shows it: the record of a manifest, and perhaps its attributes' digests. docs/formats/manifest.md § Records of imaging.

import {
  fromHex,
  isJsonObject,
  type Json,
  type JsonObject,
  type ProvedObject,
  type Receipt,
  toHex,
} from "@fiducial/core";
import type { RegisteredVersion } from "../comparison/comparison.ts";
import type { RegisteredAttributes } from "../comparison/registered-attributes.ts";
import { attributesRoot, parseAttributeDigests } from "../fingerprint/attribute-digests.ts";
import type { CheckFault } from "./check-faults.ts";

/** One object of a receipt. */
export interface RegisteredObject {
  readonly sopInstanceUid: string;
  readonly version: RegisteredVersion;
  /** Its place in the manifest, from 0, and how many objects that has. */
  readonly index: number;
  readonly size: number;
  /** Hashes from its record to the manifest's root. */
  readonly hashes: number;
  readonly frameCount: number;
  readonly sizeBytes: number;
}

/** Why the objects of a receipt cannot be used: a record has another shape, or attributes are not those that its record commits to. */
export type ObjectFault = Extract<CheckFault, "OBJECT_RECORD_MALFORMED" | "ATTRIBUTES_NOT_REGISTERED">;

/** Reads every object of a receipt. Whether its record is in the manifest is for verifyReceipt to say. */
export function registeredObjects({ objects }: Receipt): readonly RegisteredObject[] | ObjectFault {
  const read: RegisteredObject[] = [];
  for (const object of objects) {
    const registered = registeredObject(object);
    if (typeof registered === "string") return registered;
    read.push(registered);
  }
  return read;
}

function registeredObject({ proof, attributes }: ProvedObject): RegisteredObject | ObjectFault {
  const record = recordIn(proof.item.value);
  if (record === undefined) return "OBJECT_RECORD_MALFORMED";
  const { sopInstanceUid, frameCount, sizeBytes, attributes: root, ...fingerprint } = record;
  const { index, size, hashes } = proof;
  const digests = attributes && parseAttributeDigests(attributes.digests);
  const attributeSalt = attributes && fromHex(attributes.salt);
  const isRegistered =
    digests !== undefined && attributeSalt !== undefined && toHex(attributesRoot(digests, attributeSalt)) === root;
  // The proof covers the record alone: digests beside it count only when they lead to the root that it names.
  if (attributes !== undefined && !isRegistered) return "ATTRIBUTES_NOT_REGISTERED";
  const known = attributes && { digests, attributeSalt };
  return {
    sopInstanceUid,
    version: {
      fingerprint: { ...fingerprint, frameCount },
      ...(known && { attributes: known as RegisteredAttributes }),
    },
    ...{ index, size, hashes: hashes.length, frameCount, sizeBytes },
  };
}

function recordIn(value: Json) {
  if (!isJsonObject(value)) return undefined;
  const { frames, pixels } = value;
  const texts = textsOf(value, ["sopInstanceUid", "transferSyntaxUid", "file", "dataset", "attributes"]);
  const counts = [value["frameCount"], value["sizeBytes"]];
  if (
    texts === undefined ||
    !isDigestOrNull(frames) ||
    !isDigestOrNull(pixels) ||
    !counts.every(Number.isSafeInteger)
  ) {
    return undefined;
  }
  return { ...texts, frames, pixels, frameCount: counts[0] as number, sizeBytes: counts[1] as number };
}

function textsOf<Name extends string>(
  value: JsonObject,
  names: readonly Name[],
): { readonly [N in Name]: string } | undefined {
  if (!names.every((name) => typeof value[name] === "string")) return undefined;
  return Object.fromEntries(names.map((name) => [name, value[name]])) as { readonly [N in Name]: string };
}

function isDigestOrNull(value: Json | undefined): value is string | null {
  return value === null || typeof value === "string";
}
