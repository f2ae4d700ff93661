// A small hospital, for tests: two patients, and two members who may approve what happens to their studies.
import type { OpenNode } from "../compose.ts";
import type { MemberKey } from "../operations/key-file.ts";
import { member, type ScratchNode, type ScratchStudy, scratchNode, takeIn } from "./scratch-node.ts";

/** A patient with three images, and one more patient. */
export const berg: ScratchStudy = {
  patientId: "PAT-4711-X",
  patientName: "Bergström^Anneliese",
  accession: "ACC-2026-0815",
  studyUid: "2.25.31415926535897932384626433832795028841",
  objects: 3,
};
export const coe = {
  ...berg,
  patientId: "PAT-0002",
  patientName: "Coe^Zoe",
  accession: "ACC-2",
  studyUid: "2.25.271828",
};
/** What would tell that it is the first one. */
export const ofBerg = [berg.patientId, "Bergström", "Anneliese", berg.accession, berg.studyUid];

/** A node with two data stewards and two patients' studies. */
export interface Hospital {
  readonly scratch: ScratchNode;
  readonly node: OpenNode;
  readonly approvers: readonly [MemberKey, MemberKey];
  readonly study: string;
  readonly other: string;
  readonly subject: string;
}

/** Opens it. */
export async function hospital(): Promise<Hospital> {
  const scratch = scratchNode();
  const node = await scratch.open();
  const approvers = [
    await member(scratch, node, "dora", "data-steward"),
    await member(scratch, node, "dan", "data-steward"),
  ] as const;
  const study = await takeIn(scratch, node, berg);
  const other = await takeIn(scratch, node, coe);
  const subject = node.operations.subjectOf({ patientId: berg.patientId });
  return { scratch, node, approvers, study, other, subject };
}
