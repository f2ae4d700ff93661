// Objects on their way into the ledger, gathered by study until each study is registered in one statement.

import { concat } from "@fiducial/core";
import type { Header } from "@fiducial/dicom";
import type { HeaderCollection, Vault } from "@fiducial/vault";
import type { Logs } from "../logs/logs.ts";
import { isRegistered } from "../objects/registration.ts";
import type { SaltedObject } from "./fingerprint-work.ts";
import { type ObjectRecord, recordOf } from "./study-records.ts";

/** The objects of one study that wait to be registered. */
export interface GatheredStudy {
  /** Handles in the vault. */
  readonly subject: string;
  readonly study: string;
  readonly firstHeader: Header;
  readonly records: ObjectRecord[];
  /** Of each record. */
  readonly modalities: (string | undefined)[];
  readonly headers: HeaderCollection;
  /** Names of the files that the records are of. */
  readonly files: string[];
  /** Objects that were registered before, or stand in the records already: digests, and names of files. */
  readonly known: { readonly file: string; readonly name: string }[];
}

export interface StudyGatherer {
  /** Puts an object with its study; `file` names it, should the study be refused. */
  add(object: SaltedObject, file: string): Promise<GatheredStudy>;
  /** Every study gathered so far; the gatherer forgets them. */
  take(): Promise<GatheredStudy[]>;
  /** How many objects wait. */
  waiting(): number;
}

/** What objects of one study have in common. It names a patient. */
export function studyKeyOf({ issuerOfPatientId, patientId, studyInstanceUid, sopInstanceUid }: Header): string {
  return JSON.stringify([issuerOfPatientId, patientId, studyInstanceUid ?? sopInstanceUid]);
}

/** Gathers objects; subjects and studies get their handles in the vault as they come up. */
export function studyGatherer(vault: Vault, logs: Pick<Logs, "placeOf">): StudyGatherer {
  // Promises, since two objects of one new study may come up at the same time.
  let studies = new Map<string, Promise<GatheredStudy>>();
  let digests = new Set<string>();
  let waiting = 0;

  function open(header: Header): Promise<GatheredStudy> {
    const key = studyKeyOf(header);
    const known = studies.get(key);
    if (known !== undefined) return known;
    const gathered = begin(header);
    studies.set(key, gathered);
    // The next object asks again.
    gathered.catch(() => studies.get(key) === gathered && studies.delete(key));
    return gathered;
  }

  async function begin(firstHeader: Header): Promise<GatheredStudy> {
    const { subject, study } = await vault.write((writer) => handlesOf(writer, firstHeader));
    return {
      subject,
      study,
      firstHeader,
      records: [],
      files: [],
      modalities: [],
      headers: vault.collectHeaders(subject),
      known: [],
    };
  }

  return {
    waiting: () => waiting,

    add: async (object, name) => {
      const gathered = await open(object.header);
      const { file } = object.fingerprint;
      if (digests.has(file) || isRegistered(vault, logs, file, gathered.study)) gathered.known.push({ file, name });
      else {
        digests.add(file);
        gathered.files.push(name);
        gathered.records.push(recordOf(object));
        gathered.modalities.push(object.header.modality);
        await gathered.headers.add(concat(object.attributeSalt, object.canonicalHeader));
        waiting++;
      }
      return gathered;
    },

    take: async () => {
      const taken = await Promise.all(studies.values());
      studies = new Map();
      digests = new Set();
      waiting = 0;
      return taken;
    },
  };
}

/** The study as it has to be registered now: what another intake registered since its objects were gathered is known. */
export async function withoutRegistered(
  gathered: GatheredStudy,
  vault: Vault,
  logs: Pick<Logs, "placeOf">,
): Promise<GatheredStudy> {
  const { records, files, modalities, study } = gathered;
  const stays = records.map(({ file }) => !isRegistered(vault, logs, file, study));
  if (!stays.includes(false)) return gathered;
  const left = <T>(all: readonly T[]) => all.filter((_, place) => stays[place]);
  const overtaken = records.flatMap(({ file }, place) =>
    stays[place] === true ? [] : [{ file, name: files[place] ?? "" }],
  );
  return {
    ...gathered,
    records: left(records),
    files: left(files),
    modalities: left(modalities),
    headers: await gathered.headers.narrowed((place) => stays[place] === true),
    known: [...gathered.known, ...overtaken],
  };
}

// A study without patient id is of nobody known: one anonymous subject for each. An object without study is a study of its own.
function handlesOf(
  writer: Parameters<Parameters<Vault["write"]>[0]>[0],
  header: Header,
): { subject: string; study: string } {
  const studyUid = header.studyInstanceUid ?? `object ${header.sopInstanceUid}`;
  const subject =
    header.patientId === undefined
      ? writer.anonymousSubject(studyUid)
      : writer.subjectOf({ issuer: header.issuerOfPatientId ?? "", patientId: header.patientId });
  const labels = header.accessionNumber === undefined ? {} : { accession: header.accessionNumber };
  if (header.patientName !== undefined) writer.putName(subject, { name: header.patientName });
  return { subject, study: writer.studyOf(studyUid, subject, labels).handle };
}
