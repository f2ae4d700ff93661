// The registered object as the node keeps it, for whoever may read studies: a read like any other, which the node records.
import {
  attributePath,
  attributeText,
  bytesSource,
  characterSetsOf,
  fingerprint,
  type ReceiptCheck,
  readCanonicalHeader,
} from "@fiducial/dicom";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { node } from "../../ui/node.ts";
import { placeOf } from "../../ui/object-check.ts";
import { useMay } from "../../ui/session.ts";
import { changedIdentity } from "../../verifier/changed-identity.ts";

/** The bytes; undefined until they came, and for whoever may not read studies: the node is not even asked. Only what is altered, or of another identity, is worth a read. */
export function useStoredCopy(check: ReceiptCheck): Uint8Array<ArrayBuffer> | undefined {
  const may = useMay("studies.read") === true;
  const place = placeOf(check.receipt);
  const isWanted = check.verdict === "altered" || changedIdentity(check) !== undefined;
  const { data } = useQuery({
    queryKey: ["stored-copy", place],
    queryFn: ({ signal }) => node.object(place as NonNullable<typeof place>, { signal }),
    enabled: may && isWanted && place !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  return data;
}

/** What stands in the attributes of the stored copy, by path; undefined until it was read, and where the copy is not what was registered. Patient data. */
export function useRegisteredTexts(
  check: ReceiptCheck,
  stored: Uint8Array<ArrayBuffer> | undefined,
): ReadonlyMap<string, string> | undefined {
  const dataset = check.registered?.version.fingerprint.dataset;
  const [texts, setTexts] = useState<ReadonlyMap<string, string>>();
  useEffect(() => {
    let current = true;
    setTexts(undefined);
    if (stored === undefined || dataset === undefined) return;
    textsIn(stored, dataset)
      .then((read) => current && setTexts(read))
      .catch(() => {});
    return () => {
      current = false;
    };
  }, [stored, dataset]);
  return texts;
}

async function textsIn(
  stored: Uint8Array<ArrayBuffer>,
  dataset: string,
): Promise<ReadonlyMap<string, string> | undefined> {
  const object = await fingerprint(bytesSource(stored));
  if (object.fingerprint.dataset !== dataset) return undefined;
  const attributes = readCanonicalHeader(object.canonicalHeader);
  const characterSets = characterSetsOf(attributes) ?? [];
  return new Map(
    attributes.map((attribute) => [
      attributePath(attribute),
      attributeText(attribute, characterSets).slice(0, longestShown),
    ]),
  );
}

const longestShown = 64;
