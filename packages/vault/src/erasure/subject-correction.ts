// A study was filed under the wrong subject: everything kept of it is encrypted for the right one, except what names the wrong one.

import { given } from "../statements/given-members.ts";
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

/** Divides a part; `stays` is undefined when nothing in it names the wrong subject. */
function split(part: Part, { fields = ["subject"], headers: headersStay = true }: Staying): Split {
  const { statement, study, seed, disclosures, manifest, headers } = part;
  const isStaying = (field: string) => fields.includes(field);
  const pick = (wanted: boolean) =>
    Object.fromEntries(Object.entries(disclosures).filter(([field]) => isStaying(field) === wanted));
  const nothingStays = !Object.keys(disclosures).some(isStaying) && !(headersStay && headers !== undefined);
  if (nothingStays)
    return { stays: undefined, moves: given({ statement, study, seed, disclosures, manifest, headers }) };
  const [staying, moving] = headersStay ? [headers, undefined] : [undefined, headers];
  return {
    stays: given({ statement, study, seed, disclosures: pick(true), headers: staying }),
    moves: given({ statement, study, disclosures: pick(false), manifest, headers: moving }),
  };
}

interface Split {
  readonly stays: PartContent | undefined;
  readonly moves: PartContent;
}
