// What the vault opens of a study's registration, and the name of whom the study is of.
import type { StudyFact } from "@fiducial/projection";
import type { OpenNode } from "../compose.ts";
import { entryAt } from "./summaries.ts";

/** What headers say of the device that made a study, as far as they say it. */
export interface StudyEquipment {
  readonly manufacturer?: string;
  readonly model?: string;
  readonly station?: string;
}

/** What a device is called where people look at its studies: its station, and of what make it is; undefined where headers name none. */
export function deviceNameOf({ manufacturer = "", model = "", station = "" }: StudyEquipment): string | undefined {
  const isTold = model.toLowerCase().startsWith(manufacturer.toLowerCase());
  const make = (isTold ? model : `${manufacturer} ${model}`).trim();
  if (station === "" || station === make) return make || undefined;
  return make === "" ? station : `${station} (${make})`;
}

/** Values of a study, as far as they are kept; for members. */
export interface StudyValues {
  readonly findings: readonly string[];
  readonly studyUid?: string | undefined;
  readonly accession?: string | undefined;
  readonly acquired?: string | undefined;
  readonly description?: string | undefined;
  readonly bodyPart?: string | undefined;
  readonly equipment?: StudyEquipment | undefined;
  /** The handle of whom the study is of. */
  readonly subject?: string | undefined;
  readonly patientName?: string | undefined;
}

/** Opens what is kept. Throws ENTRY_UNKNOWN. */
export function studyValues(node: OpenNode, { index, study }: Pick<StudyFact, "index" | "study">): StudyValues {
  const entry = entryAt(node, index);
  const opened = node.vault.disclosures(entry.statement.id)?.disclosures ?? {};
  const text = (field: string) =>
    typeof opened[field]?.value === "string" ? (opened[field].value as string) : undefined;
  const subject = node.vault.subjectOfStudy(study);
  return {
    findings: entry.findings,
    studyUid: text("studyUid"),
    accession: text("accession"),
    acquired: text("acquired"),
    description: text("description"),
    bodyPart: text("bodyPart"),
    equipment: (opened["equipment"]?.value ?? undefined) as StudyValues["equipment"],
    subject,
    patientName: subject === undefined ? undefined : (node.vault.nameOf(subject)?.["name"] as string | undefined),
  };
}
