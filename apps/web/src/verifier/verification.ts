// From dropped files to findings: what is a receipt, what a policy, what an object; each object is read, fingerprinted and checked in this browser.
import {
  type CoreErrorCode,
  nobleBackend,
  parseEntry,
  parseReceipt,
  parseTrustPolicy,
  type Receipt,
  type SignatureBackend,
  sha256,
  type TrustPolicy,
  toHex,
} from "@fiducial/core";
import {
  type ByteSource,
  blobSource,
  checkReceipts,
  DicomError,
  type DicomErrorCode,
  type DicomErrorPlace,
  type FingerprintedObject,
  fingerprint,
  type PixelDecoder,
  type ReceiptCheck,
} from "@fiducial/dicom";

/** Files by what they are. A file that says it is a receipt or a policy and cannot be read as one is `broken`. */
export interface SortedFiles {
  readonly receipts: readonly NamedReceipt[];
  readonly policies: readonly { readonly name: string; readonly text: string; readonly policy: TrustPolicy }[];
  /** Everything else, DICOM or not. */
  readonly objects: readonly File[];
  readonly broken: readonly { readonly name: string; readonly code: CoreErrorCode }[];
}

export interface NamedReceipt {
  readonly name: string;
  readonly receipt: Receipt;
}

/** What a check of one file needs. */
export interface VerificationMeans {
  readonly policy: TrustPolicy;
  /** Receipts at hand; those of the node are asked for besides, where there is one. */
  readonly receipts: readonly Receipt[];
  /** Finds the registered versions of an object; none when the node knows no such object. */
  readonly lookUp?: (sopInstanceUid: string) => Promise<readonly Receipt[]>;
  readonly decoder?: PixelDecoder;
  readonly backend?: SignatureBackend;
}

/** How far a check has come. */
export type Progress =
  | { readonly stage: "bytes"; readonly done: number; readonly of: number }
  | { readonly stage: "receipts" };

/** What was found out about one file, or about a receipt alone. `no-policy`: the receipt is of a log that no policy at hand names. */
export type Finding =
  | {
      readonly found: "checked";
      readonly name: string;
      readonly sizeBytes: number | undefined;
      readonly check: ReceiptCheck;
      readonly object: FingerprintedObject | undefined;
    }
  | {
      readonly found: "no-receipt";
      readonly name: string;
      readonly sizeBytes: number;
      readonly object: FingerprintedObject;
    }
  | {
      readonly found: "unreadable";
      readonly name: string;
      readonly sizeBytes: number;
      readonly code: DicomErrorCode;
      readonly place: DicomErrorPlace;
    }
  | {
      readonly found: "no-policy";
      readonly name: string;
      readonly sizeBytes: number | undefined;
      /** The log that the receipt says it is of. */
      readonly log: string | undefined;
    };

const jsonStart = /^[\s\ufeff]*\{/;
const longestReceiptBytes = 16_777_216;

/** Tells files apart by what they hold, not by their names. */
export async function sortFiles(files: readonly File[]): Promise<SortedFiles> {
  const receipts: NamedReceipt[] = [];
  const policies: { name: string; text: string; policy: TrustPolicy }[] = [];
  const objects: File[] = [];
  const broken: { name: string; code: CoreErrorCode }[] = [];
  for (const file of files) {
    const text = await jsonText(file);
    const format = text === undefined ? undefined : formatOf(text);
    try {
      if (text !== undefined && format === "receipt") {
        const receipt = parseReceipt(text);
        names.set(receipt, file.name);
        receipts.push({ name: file.name, receipt });
      } else if (text !== undefined && format === "policy")
        policies.push({ name: file.name, text, policy: parseTrustPolicy(text) });
      else objects.push(file);
    } catch {
      broken.push({ name: file.name, code: format === "policy" ? "TRUST_POLICY_MALFORMED" : "RECEIPT_MALFORMED" });
    }
  }
  // As people number files: image-9 before image-10.
  objects.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
  return { receipts, policies, objects, broken };
}

const names = new WeakMap<Receipt, string>();

/** The name of the file that a receipt came in; undefined for one that the node gave. */
export function nameOfReceipt(receipt: Receipt): string | undefined {
  return names.get(receipt);
}

/** Checks one file. Throws what `lookUp` throws; whatever is wrong with the file is a finding. */
export async function verifyFile(
  file: File,
  means: VerificationMeans,
  report: (progress: Progress) => void = () => {},
): Promise<Finding> {
  const { name, size: sizeBytes } = file;
  const source = counted(blobSource(file), (done) => report({ stage: "bytes", done, of: sizeBytes }));
  let object: FingerprintedObject;
  try {
    object = await fingerprint(source, means.decoder === undefined ? {} : { decoder: means.decoder });
  } catch (error) {
    if (!(error instanceof DicomError)) throw error;
    return { found: "unreadable", name, sizeBytes, code: error.code, place: error.place };
  }
  report({ stage: "receipts" });
  const uid = object.header.sopInstanceUid ?? "";
  const [first, ...others] = [...means.receipts, ...((await means.lookUp?.(uid)) ?? [])];
  if (first === undefined) return { found: "no-receipt", name, sizeBytes, object };
  const check = checkReceipts({ receipts: [first, ...others], object, ...trustOf(means) });
  return { found: "checked", name, sizeBytes, check, object };
}

/** Checks a receipt alone. */
export function verifyReceiptAlone({ name, receipt }: NamedReceipt, means: VerificationMeans): Finding {
  const check = checkReceipts({ receipts: [receipt], ...trustOf(means) });
  return { found: "checked", name, sizeBytes: undefined, check, object: undefined };
}

/** Whether a policy names the log that a receipt is of. */
export function isNamedBy({ genesis }: TrustPolicy, receipt: Receipt): boolean {
  const log = claimedLog(receipt);
  return log !== undefined && Object.hasOwn(genesis, log);
}

/** The log that a receipt says it is of; undefined when its entry is none. */
export function claimedLog({ entry }: Receipt): string | undefined {
  return parseEntry(entry.bytes)?.statement.content.log;
}

/** Leaves out what cannot be concluded while a file at hand could not be read: without the policy, any verdict; without a receipt, that an object is unknown. */
export function concludable(findings: readonly Finding[], broken: SortedFiles["broken"]): readonly Finding[] {
  if (broken.length === 0) return findings;
  const isWithoutPolicy = broken.some(({ code }) => code === "TRUST_POLICY_MALFORMED");
  return findings.filter((finding) => {
    if (finding.found === "unreadable") return true;
    if (isWithoutPolicy || finding.found !== "checked") return false;
    return finding.check.verdict !== "unknown";
  });
}

/** Remembers which signatures verified: the objects of a folder share a log, and so most of their key chains. */
export function rememberingBackend(backend: SignatureBackend = nobleBackend): SignatureBackend {
  const known = new Map<string, boolean>();
  const remembered = (verify: SignatureBackend["verifyEd25519"]): SignatureBackend["verifyEd25519"] => {
    return (key, message, signature) => {
      const name = `${toHex(key)} ${toHex(signature)} ${toHex(sha256(message))}`;
      const verifies = known.get(name) ?? verify(key, message, signature);
      known.set(name, verifies);
      return verifies;
    };
  };
  return { verifyEd25519: remembered(backend.verifyEd25519), verifyP256: remembered(backend.verifyP256) };
}

function trustOf({ policy, backend }: VerificationMeans): { policy: TrustPolicy; backend?: SignatureBackend } {
  return { policy, ...(backend && { backend }) };
}

async function jsonText(file: File): Promise<string | undefined> {
  if (file.size > longestReceiptBytes) return undefined;
  const head = await file.slice(0, 64).text();
  return jsonStart.test(head) ? file.text() : undefined;
}

function formatOf(text: string): "receipt" | "policy" | undefined {
  // A receipt that was cut off begins as every receipt does.
  if (text.startsWith('{"checkpoint":') || /"format":\s*"fiducial-receipt-v\d+"/.test(text)) return "receipt";
  return /"format":\s*"fiducial-policy-v\d+"/.test(text) ? "policy" : undefined;
}

// What lies at the end is looked at early: only what follows on what was read before counts.
function counted(source: ByteSource, read: (bytes: number) => void): ByteSource {
  let furthest = 0;
  return {
    size: source.size,
    async read(offset, length) {
      const bytes = await source.read(offset, length);
      if (offset <= furthest && offset + length > furthest) {
        furthest = offset + length;
        read(furthest);
      }
      return bytes;
    },
  };
}
