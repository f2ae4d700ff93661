// What is recorded of a copy that was not what was registered: which of the study's objects it was, and what of it differs. Never an identifier.
import type { ComparedCopy } from "@fiducial/api";
import { studyVerified } from "@fiducial/contract";
import type { Entry, Json } from "@fiducial/core";
import { headerOf } from "@fiducial/dicom";
import type { OpenNode } from "../compose.ts";
import { keptHeader, registeredVersions } from "../verification/verify-files.ts";

/** As many as somebody looks at. */
const [mostObjects, mostAttributes] = [8, 256];
/** Whoever registers an object again and again delays nobody. */
const mostVersions = 64;

/** Tells of the comparison that a statement states; undefined for other statements, and where nothing is recorded, or kept, beside the result. */
export async function comparedCopy(
  node: Pick<OpenNode, "vault" | "logs">,
  { statement: { id, content } }: Pick<Entry, "statement">,
): Promise<ComparedCopy | undefined> {
  if (content.kind !== studyVerified.name) return undefined;
  const opened = node.vault.disclosures(id)?.disclosures ?? {};
  const uids = textsOf(opened["instances"]?.value);
  const attributes = textsOf(opened["changedAttributes"]?.value).filter((tag) => /^[0-9A-F]{8}$/.test(tag));
  if (uids.length === 0 && attributes.length === 0) return undefined;
  const objects: ComparedCopy["objects"] = [];
  for (const uid of uids.slice(0, mostObjects)) {
    const object = await registeredObject(node, String(content.open["study"]), uid);
    if (object !== undefined) objects.push(object);
  }
  return { objects, more: uids.length - objects.length, attributes: attributes.slice(0, mostAttributes) };
}

// Whoever states a comparison names what they like: an object of another study is not told of.
async function registeredObject(
  { vault, logs }: Pick<OpenNode, "vault" | "logs">,
  study: string,
  uid: string,
): Promise<ComparedCopy["objects"][number] | undefined> {
  let last: ComparedCopy["objects"][number] | undefined;
  let versions = 0;
  for await (const { place, header } of registeredVersions(vault, logs, uid)) {
    if (versions++ >= mostVersions) break;
    if (place.study !== study) continue;
    const kept = keptHeader(vault, place.statement, header);
    const { seriesNumber, instanceNumber } = kept === undefined ? {} : headerOf(kept.canonicalHeader, "");
    last = {
      ...{ statementId: place.statement, item: place.item },
      ...(seriesNumber === undefined ? {} : { seriesNumber }),
      ...(instanceNumber === undefined ? {} : { instanceNumber }),
    };
  }
  return last;
}

function textsOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}
