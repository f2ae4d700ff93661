// Whether a Study Instance UID stands for studies of several patients: a wrong worklist entry, or two archives that gave one UID twice. PS3.5 § 9.
import type { Vault } from "@fiducial/vault";

/** Returns the handles of other patients' studies that came under the UID of this one, the oldest first; none when its UID is not kept any more. */
export function studiesSharingUid(
  vault: Pick<Vault, "statementsOf" | "disclosures" | "findStudies" | "subjectOfStudy">,
  study: string,
): string[] {
  const subject = vault.subjectOfStudy(study);
  if (subject === undefined) return [];
  for (const statement of vault.statementsOf(study)) {
    const uid = vault.disclosures(statement)?.disclosures["studyUid"]?.value;
    if (typeof uid !== "string" || uid === "") continue;
    const found = vault.findStudies({ label: "studyUid", value: uid });
    return found.filter((one) => one.subject !== subject).map((one) => one.study);
  }
  return [];
}
