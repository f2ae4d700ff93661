// As what frames are sent: each transfer syntax has a media type of its own. DICOM PS3.18 § 8.7.3.3.
import { frameEncoding } from "../pixels/transfer-syntaxes.ts";

/** The media type of uncompressed frames, and of bulk data of any kind. */
export const octetStream = "application/octet-stream";

/** Returns the media type of frames in this transfer syntax. */
export function frameMediaType(transferSyntaxUid: string): string {
  if (mpeg2.test(transferSyntaxUid)) return "video/mpeg";
  if (mpeg4.test(transferSyntaxUid)) return "video/mp4";
  return byEncoding[frameEncoding(transferSyntaxUid) ?? "native"] ?? octetStream;
}

const mpeg2 = /^1\.2\.840\.10008\.1\.2\.4\.10[01](?:\.1)?$/;
const mpeg4 = /^1\.2\.840\.10008\.1\.2\.4\.10[2-8](?:\.1)?$/;

const byEncoding: Readonly<Record<string, string>> = {
  rle: "image/dicom-rle",
  "jpeg-dct": "image/jpeg",
  "jpeg-lossless": "image/jpeg",
  "jpeg-ls": "image/jls",
  "jpeg-2000": "image/jp2",
  htj2k: "image/jphc",
  "jpeg-xl": "image/jxl",
};
