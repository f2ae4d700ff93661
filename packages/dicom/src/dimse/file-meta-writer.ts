// The head of a file for a data set that came over the network: preamble, DICM, file meta information. DICOM PS3.10 § 7.1, table 7.1-1.
import { concat } from "@fiducial/core";
import { implementation } from "./implementation.ts";
import { latin1Bytes } from "./pdu-text.ts";

/** What the meta information says. */
export interface ReceivedObject {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly transferSyntaxUid: string;
}

/**
 * Returns what stands in a file before the data set. The same object has the same head, always: nothing in it depends on the time, on the release, or on who sent it. The AE titles of
 * (0002,0016) to (0002,0018) are left out, since a modality, a router and an archive that send the same object send one object.
 */
export function fileHead({ sopClassUid, sopInstanceUid, transferSyntaxUid }: ReceivedObject): Uint8Array {
  const meta = concat(
    // OB has two reserved bytes and a length of four.
    Uint8Array.of(0x02, 0x00, 0x01, 0x00, 0x4f, 0x42, 0, 0, 2, 0, 0, 0, 0, 1),
    text(0x0002, "UI", sopClassUid),
    text(0x0003, "UI", sopInstanceUid),
    text(0x0010, "UI", transferSyntaxUid),
    text(0x0012, "UI", implementation.classUid),
    text(0x0013, "SH", implementation.versionName),
  );
  const length = new Uint8Array(12);
  length.set([0x02, 0x00, 0x00, 0x00, 0x55, 0x4c, 4, 0]);
  new DataView(length.buffer).setUint32(8, meta.length, true);
  return concat(new Uint8Array(128), latin1Bytes("DICM"), length, meta);
}

function text(element: number, vr: "UI" | "SH", value: string): Uint8Array {
  const padded = value.length % 2 === 0 ? value : value + (vr === "UI" ? "\0" : " ");
  const head = Uint8Array.of(0x02, 0x00, element, element >>> 8, vr.charCodeAt(0), vr.charCodeAt(1), padded.length, 0);
  return concat(head, latin1Bytes(padded));
}
