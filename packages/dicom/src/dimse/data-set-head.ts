// Which object a data set says that it is, told from its first bytes alone. DICOM PS3.5 § 7, PS3.3 § C.12.1.
import { type Tag, tags } from "../dictionary/tag.ts";
import type { ByteWindow } from "../reading/byte-window.ts";
import { hasKnownVr, readElementHeader, undefinedLength } from "../reading/element-header.ts";
import { latin1 } from "./pdu-text.ts";

/** The two UIDs as they stand there; undefined where the first bytes do not tell. */
export interface DataSetIdentity {
  readonly sopClassUid?: string;
  readonly sopInstanceUid?: string;
}

/** Looks for SOP Class and Instance UID in the beginning of a data set that is not deflated. It never throws; what it cannot follow it leaves to the reader. */
export function dataSetIdentity(bytes: Uint8Array, transferSyntaxUid: string): DataSetIdentity {
  try {
    return walked(bytes, transferSyntaxUid);
  } catch {
    return {};
  }
}

function walked(bytes: Uint8Array, transferSyntaxUid: string): DataSetIdentity {
  const window: ByteWindow = { source: { size: bytes.length, read: async () => bytes }, bytes, start: 0 };
  const bigEndian = transferSyntaxUid === "1.2.840.10008.1.2.2";
  // As the reader does: what stands there counts, not what was negotiated.
  const explicitVr = bytes.length >= 8 && hasKnownVr(window, 0);
  const found: { sopClassUid?: string; sopInstanceUid?: string } = {};
  let at = 0;
  while (at + 12 <= bytes.length) {
    const { tag, length, valueStart } = readElementHeader(window, at, bytes.length, { explicitVr, bigEndian });
    if (tag > tags.sopInstanceUid || length === undefinedLength || valueStart + length > bytes.length) break;
    const name = names.get(tag);
    if (name !== undefined && length <= 66)
      found[name] = latin1(bytes.subarray(valueStart, valueStart + length)).replace(/[ \0]+$/, "");
    at = valueStart + length;
  }
  return found;
}

const names: ReadonlyMap<Tag, keyof DataSetIdentity> = new Map([
  [tags.sopClassUid, "sopClassUid"],
  [tags.sopInstanceUid, "sopInstanceUid"],
]);
