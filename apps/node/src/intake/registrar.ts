// Registers gathered studies: one statement each, `registered` at first and `extended` afterwards, never both for the same objects.
import { refusalOf, studyExtended, studyOf, studyRegistered } from "@fiducial/contract";
import { type Json, manifestOf } from "@fiducial/core";
import type { Outcome } from "@fiducial/ledger";
import { VaultError } from "@fiducial/vault";
import { carryOver } from "../operations/carrying-over.ts";
import type { Site } from "../operations/site.ts";
import { newSeed } from "../statements/author.ts";
import type { DeviceDirectory } from "./device-directory.ts";
import type { RefusedFile } from "./fingerprint-work.ts";
import { type GatheredStudy, withoutRegistered } from "./study-gatherer.ts";
import { modalitiesOf, sealedFieldsOf } from "./study-records.ts";
import { stateDifferences } from "./version-differences.ts";

/** What became of one study. */
export interface RegisteredStudy {
  /** The study's handle. */
  readonly study: string;
  /** The statement that registered its objects: this time's, or, when all were known, the last one's. */
  readonly statementId: string;
  readonly index: number;
  /** Objects registered now. */
  readonly instances: number;
  /** Objects that were registered before. */
  readonly known: number;
  /** How many of those registered now are versions of registered objects that differ in nothing but their encoding, or what an archive may change; absent when none is. */
  readonly versions?: number | undefined;
  readonly findings: readonly string[];
}

/** What a registrar works with. */
export type RegistrarSite = Pick<Site, "vault" | "author" | "logs" | "household" | "objects" | "registering">;

export interface Registrar {
  /** Registers a study's objects, or tells why the ledger refuses them. */
  register(gathered: GatheredStudy): Promise<RegisteredStudy | { readonly refused: RefusedFile }>;
}

/** Registers on behalf of the gateway. `deviceOf` finds the registered device that made an object. */
export function registrar(site: RegistrarSite, deviceOf: DeviceDirectory): Registrar {
  const { vault, author, logs, household, objects: files, registering } = site;
  const { store } = logs.current;

  async function registerNow(asGathered: GatheredStudy): ReturnType<Registrar["register"]> {
    const { study, subject } = asGathered;
    // An operation may have had it destroyed since its objects were looked up.
    if (vault.subjectOfStudy(study) === undefined) throw new VaultError("STUDY_UNKNOWN");
    await carryOver(site, study);
    const gathered = await withoutRegistered(asGathered, vault, logs);
    const { records, headers, known } = gathered;
    if (records.length === 0) return knownStudy(gathered);
    const seed = newSeed();
    const manifest = manifestOf(records as unknown as readonly Json[], seed);
    const sealed = sealedFieldsOf(gathered.firstHeader);
    const device = deviceOf(sealed.equipment);
    const open = {
      study,
      modalities: modalitiesOf(gathered.modalities),
      series: new Set(records.map(({ seriesUid }) => seriesUid)).size,
      instances: records.length,
      manifest: manifest.root,
      ...(device === undefined ? {} : { device }),
    };
    const saying = { basis: "seen" as const, open };
    await files.flush(records.map(({ file }) => file));
    const prepared =
      studyOf(store.state, study) === undefined
        ? await author.prepare(studyRegistered, { ...saying, sealed }, [household.gateway], seed)
        : await author.prepare(
            studyExtended,
            { ...saying, sealed: { studyUid: sealed.studyUid } },
            [household.gateway],
            seed,
          );
    const objects = manifest.items.map(({ place }, item) => {
      const { sopInstanceUid, file } = records[place] as (typeof records)[number];
      return { item, sopInstanceUid, file };
    });
    const outcome: Outcome = await author.send(prepared, () => ({
      subject,
      study,
      manifest: manifest.items,
      headers,
      objects,
    }));
    if (outcome.status !== "accepted")
      return { refused: { code: outcome.code, message: refusalOf(outcome.code)?.says ?? outcome.code } };
    const { id, index, findings } = outcome;
    const versions = await stateDifferences(site, id, new Set(records.map(({ sopInstanceUid }) => sopInstanceUid)));
    const counts = { instances: records.length, known: known.length, ...(versions > 0 && { versions }) };
    return { study, statementId: id, index, ...counts, findings };
  }

  async function knownStudy({ study, headers, known }: GatheredStudy): Promise<RegisteredStudy> {
    await headers.discard();
    const statementId = vault.statementsOf(study).findLast((id) => store.indexOf(id) !== undefined) ?? "";
    return {
      study,
      statementId,
      index: store.indexOf(statementId) ?? -1,
      instances: 0,
      known: known.length,
      findings: [],
    };
  }

  // It was destroyed, or its patient forgotten, while the study came in. Whoever took the objects in takes them away, as another intake may have them too.
  function refusalOfForgotten(thrown: unknown): { readonly refused: RefusedFile } {
    const isForgotten = thrown instanceof VaultError && forgotten.has(thrown.code);
    if (!isForgotten) throw thrown;
    return { refused: { code: thrown.code, message: thrown.message } };
  }

  return {
    register: (gathered) => registering.take(() => registerNow(gathered).catch(refusalOfForgotten)),
  };
}

const forgotten: ReadonlySet<string> = new Set(["SUBJECT_FORGOTTEN", "STUDY_UNKNOWN"]);
