// Which SOP classes are taken for storage: those that the standard names, those that it may name later, and private ones where that is wished. DICOM PS3.4 § B.5.
import { isUid } from "../reading/uid.ts";
import { storageClassTable } from "./storage-classes-table.ts";

/** A storage SOP class of the standard. */
export interface StorageClass {
  readonly uid: string;
  readonly name: string;
  readonly isRetired: boolean;
}

/** The Verification SOP class, C-ECHO. PS3.4 Annex A. */
export const verificationClass = "1.2.840.10008.1.1";

/** The storage SOP classes of the standard, by ascending UID. */
export const storageClasses: readonly StorageClass[] = storageClassTable.split("\n").map((line) => {
  const [, rest = "", sign, name = ""] = /^([\d.]+)([ !])(.*)$/.exec(line) ?? [];
  return { uid: `1.2.840.10008.5.1.4.${rest}`, name, isRetired: sign === "!" };
});

const known = new Set(storageClasses.map(({ uid }) => uid));
const storageRoot = "1.2.840.10008.5.1.4.1.1.";
const dicomRoot = "1.2.840.10008.";
/** What stands beneath the root of storage and is none: queries and what they lead to. PS3.4 Annexes II and KK; and objects without patient and study, Annex GG. */
const otherServices = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.(?:200\.[13-7]|201\.\d+)$/;

/** Tells whether objects of this class are taken. Private ones, whose UID is not DICOM's, are when `allowPrivate` says so. */
export function isStorageClass(uid: string, allowPrivate: boolean): boolean {
  if (known.has(uid)) return true;
  if (uid.startsWith(dicomRoot)) return uid.startsWith(storageRoot) && !otherServices.test(uid);
  return allowPrivate && isUid(uid);
}
