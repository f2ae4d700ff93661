// A study was filed under the wrong subject: everything kept of it is encrypted for the right one, except what names the wrong one.

import type { Lists } from "../statements/lists.ts";
import type { PartContent } from "../statements/part.ts";
import type { Part, Parts } from "../statements/parts.ts";
import type { Holders } from "../subjects/holders.ts";
import type { Studies } from "../subjects/studies.ts";
import type { Subject, Subjects } from "../subjects/subjects.ts";
import { VaultError } from "../vault-error.ts";

/**
 * What stays under the wrong subject's key, because it names that person: it is read as before, and goes when that person is forgotten.
 * The seed stays with it, since it opens every commitment of the statement to guessing.
 */
export interface Staying {
  /** Names of sealed fields: `subject` if not said. */
  readonly fields?: readonly string[];
  /** Whether the headers stay: yes if not said, since DICOM headers carry name and id. */
  readonly headers?: boolean;
}

/** What a correction goes through. */
export interface CorrectionRooms {
  readonly subjects: Subjects;
  readonly studies: Studies;
  readonly holders: Holders;
  readonly parts: Parts;
  readonly lists: Lists;
}

/** Gives a study to another subject, in the caller's transaction. Throws STUDY_UNKNOWN, SUBJECT_FORGOTTEN, STUDY_OF_ANOTHER_SUBJECT. */
export function correctSubject(
  rooms: CorrectionRooms,
  handle: string,
  fromHandle: string,
  toHandle: string,
  staying: Staying,
): void {
  const { subjects, studies, holders, parts } = rooms;
  const study = studies.of(handle);
  const from = subjects.of(fromHandle);
  const to = subjects.of(toHandle);
  if (study.subject.id !== from.id) throw new VaultError("STUDY_OF_ANOTHER_SUBJECT");
  if (from.id === to.id) return;
  for (const part of parts.ofStudy(study)) if (part.about.id === from.id) movePart(rooms, part, to, staying);
  holders.move(study, to);
  studies.move(study, to);
}

function movePart({ parts, lists }: CorrectionRooms, part: Part, to: Subject, staying: Staying): void {
  const { about: from } = part;
  const { stays, moves } = split(part, staying);
  if (stays !== undefined) {
    const beside = parts.addBeside(part, from, stays);
    if (stays.headers !== undefined) lists.reattach(stays.headers, beside);
  }
  for (const list of [moves.manifest?.items, moves.manifest?.commitments, moves.headers]) {
    if (list !== undefined) lists.move(list, from, to);
  }
  parts.replace(part, to, moves);
}

function split(
  part: Part,
  { fields = ["subject"], headers = true }: Staying,
): { stays?: PartContent; moves: PartContent } {
  const { statement, study, seed, disclosures, manifest } = part;
  const named = Object.entries(disclosures);
  const stayingFields = named.filter(([field]) => fields.includes(field));
  const movingFields = named.filter(([field]) => !fields.includes(field));
  const headersStay = headers && part.headers !== undefined;
  const common = { statement, ...(study === undefined ? {} : { study }) };
  const seedMember = seed === undefined ? {} : { seed };
  const headersMember = part.headers === undefined ? {} : { headers: part.headers };
  const manifestMember = manifest === undefined ? {} : { manifest };
  const nothingStays = stayingFields.length === 0 && !headersStay;
  const moves: PartContent = {
    ...common,
    disclosures: Object.fromEntries(movingFields),
    ...manifestMember,
    ...(nothingStays ? seedMember : {}),
    ...(headersStay ? {} : headersMember),
  };
  if (nothingStays) return { moves };
  const kept = { ...common, disclosures: Object.fromEntries(stayingFields), ...seedMember };
  return { moves, stays: { ...kept, ...(headersStay ? headersMember : {}) } };
}
