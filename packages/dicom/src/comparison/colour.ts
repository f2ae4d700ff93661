// Whether two photometric interpretations of equal samples mean the same colours. DICOM PS3.3 § C.7.6.3.1.2, PS3.5 § 8.2.
import { utf8, utf8Decode } from "@fiducial/core";
import { attributePath } from "../fingerprint/attribute-key.ts";
import type { CanonicalAttribute } from "../fingerprint/canonical-attributes.ts";
import { frameEncoding } from "../pixels/transfer-syntaxes.ts";
import { hasValue, type RegisteredView } from "./registered-attributes.ts";

/** Colour transforms that the decoders of JPEG 2000 undo, so that their samples are RGB. */
const undoneByDecoder = ["RGB", "YBR_RCT", "YBR_ICT"];
/** Those that decoders of lossy JPEG undo. */
const undoneByJpeg = ["YBR_FULL", "YBR_FULL_422"];

/** Tells whether samples that are equal once decoded have the same colours on both sides, under the syntax of each. */
export function isSameColour(
  registered: RegisteredView,
  now: CanonicalAttribute | undefined,
  { registeredSyntax, candidateSyntax }: { readonly registeredSyntax: string; readonly candidateSyntax: string },
): boolean {
  if (now === undefined) return false;
  const path = attributePath(now);
  const before = meansRgb(registeredSyntax).some((term) => hasValue(registered, path, utf8(term)));
  return before && meansRgb(candidateSyntax).includes(utf8Decode(now.content) ?? "");
}

// The interpretations that say, under this syntax, that decoded samples are RGB.
function meansRgb(transferSyntaxUid: string): string[] {
  return frameEncoding(transferSyntaxUid) === "jpeg-dct" ? [...undoneByDecoder, ...undoneByJpeg] : undoneByDecoder;
}
