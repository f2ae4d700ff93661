// Codes that stand in several tables, each with the one thing that it means wherever it stands.

import type { CodeSource } from "./code-sources.ts";

/** By code. Whoever meets it can rely on this and on nothing more; a code that cannot be said like this needs two names. */
export const sharedCodes: Readonly<Record<string, string>> = {
  CONTRACT_UNKNOWN: "The log asks for a contract version that is not at hand. Update Fiducial.",
  DISK_FULL: "The disk is full. Nothing acknowledged was lost; free space and start again.",
  ENTRY_MALFORMED: "The bytes are not an entry in its one exact form.",
  ENTRY_UNKNOWN: "The log has no entry of that number.",
  FOLDER_FOREIGN: "The folder holds something else than Fiducial's data. Choose another with --data.",
  FOLDER_IN_USE: "Another process has the data folder open. Stop it first.",
  FOLDER_MISSING: "There is no Fiducial data folder there. Ingest something first, or choose another with --data.",
  FOLDER_NEWER: "The data folder was written by a newer version of Fiducial. Install that version.",
  FOLDER_NOT_WRITABLE: "The data folder cannot be written. Check its owner and permissions, or choose another.",
  INTERNAL: "Something failed inside. What was acknowledged before still holds; report it.",
  KEY_EXISTS:
    "A key that was to be made or registered is there already. Keys are never replaced in place: use another.",
  KEY_FILE_PERMISSIONS: "Others may read the key file or its folder. Allow its owner only: file 0600, folder 0700.",
  KEYS_IN_USE:
    "Another process signs with these keys. Use its data folder, or stop it first; another folder gets keys of its own, with --keys.",
  LOG_ENDED: "The log was ended by a recovery, and another goes on in its place. Use the folder that was recovered.",
  NOT_SIGNED_IN: "Who asks is not known. Sign in at the node's page, or give a machine's token.",
  OBJECT_UNKNOWN: "No such object is registered here.",
  PATH_UNREADABLE: "A file or folder cannot be read. Check that it is there and that you may read it.",
  SIGNATURE_INVALID: "A signature does not verify. Sign the statement again; in an audit, restore a backup.",
  STUDY_UNKNOWN: "Whoever was asked, the log or the vault, has no such study. Check the handle and the log.",
  VAULT_CORRUPT: "The vault contradicts itself: it is damaged, or somebody changed it. Restore a backup.",
  VAULT_FULL: "The disk is full. Nothing acknowledged was lost; free space and try again.",
};

/** Returns a sentence for each code that stands in several tables and is not above, and for each above that does not. */
export function codesOfTwoMeanings(
  sources: readonly CodeSource[],
  shared: Readonly<Record<string, string>> = sharedCodes,
): string[] {
  const places = new Map<string, string[]>();
  for (const { table, codes } of sources)
    for (const code of Object.keys(codes)) places.set(code, [...(places.get(code) ?? []), table]);
  const several = [...places].filter(([, tables]) => tables.length > 1);
  return [
    ...several
      .filter(([code]) => !Object.hasOwn(shared, code))
      .map(([code, tables]) => `${code} stands in ${tables.join(" and ")}: rename one, or say what both mean`),
    ...Object.keys(shared)
      .filter((code) => (places.get(code)?.length ?? 0) < 2)
      .map((code) => `${code} is no longer in several tables: take it off scripts/errors/shared-codes.ts`),
  ];
}
