// What can be read of a vault. What is not there is undefined or an empty list; damage is VAULT_CORRUPT.
import type { Disclosure, JsonObject, ManifestItem } from "@fiducial/core";
import type { SecretSigner } from "./keyring/signer.ts";
import type { Rooms } from "./rooms.ts";
import { given } from "./statements/given-members.ts";
import { readHeader, readHeaders } from "./statements/header-collection.ts";
import { readCommitments, readManifest, readManifestItem } from "./statements/manifests.ts";
import type { ObjectKey } from "./statements/objects.ts";
import type { ManifestMark } from "./statements/part.ts";
import type { Part } from "./statements/parts.ts";
import type { HolderOf } from "./subjects/holders.ts";
import type { Study } from "./subjects/studies.ts";
import type { PatientIdentity } from "./subjects/subjects.ts";
import { asVaultError, withVaultErrors } from "./vault-error.ts";
import { namesOfActor, namesOfPatient } from "./vault-writer.ts";

/** What opens a statement's commitments, as far as it is here. */
export interface StatementDisclosures {
  /** The 32 bytes from which salts were derived; never disclosed. */
  readonly seed?: Uint8Array;
  readonly disclosures: Readonly<Record<string, Disclosure>>;
}

/** One version of an object: the statement that speaks of it, and the leaf's index in that statement's manifest. */
export interface ObjectVersion {
  readonly statement: string;
  readonly item: number;
  readonly subject: string;
  readonly study?: string;
}

/** Some of the statements of which manifests are kept. */
export interface ManifestPage {
  readonly statements: readonly { readonly statement: string; readonly study?: string }[];
  /** Whether something among them cannot be read, so that not all are here. */
  readonly isDamaged: boolean;
  /** What to ask with for those that were kept later. */
  readonly last: number;
}

/** Handles of a study and of whom it is of. */
export interface FoundStudy {
  readonly study: string;
  readonly subject: string;
}

/** By what studies are looked for: a patient (by the id alone when no issuer is given), or a label such as `studyUid`, `accession`. */
export type StudyCriterion =
  | { readonly patientId: string; readonly issuer?: string }
  | { readonly label: string; readonly value: string };

/** The reading side of a vault. */
export interface VaultReader {
  /** The patient's handle, if there is one. */
  findSubject(patient: PatientIdentity): string | undefined;
  findActorSubject(actor: string): string | undefined;
  findStudies(criterion: StudyCriterion): FoundStudy[];
  studiesOf(subject: string): string[];
  subjectOfStudy(study: string): string | undefined;
  /** Ids of the statements of which something is kept about a study or subject, oldest first. */
  statementsOf(studyOrSubject: string): string[];
  disclosures(statement: string): StatementDisclosures | undefined;
  manifestSize(statement: string): number | undefined;
  /** The item of leaf `index`. */
  manifestItem(statement: string, index: number): ManifestItem | undefined;
  /** All items in the order of the leaves, read one chunk at a time. */
  manifest(statement: string): Iterable<ManifestItem>;
  /** Statements of which manifests are kept, in the order in which they were: from the beginning with 0; undefined when there are no more. */
  manifestsAfter(last: number): ManifestPage | undefined;
  /** The commitments of all items, which every proof needs. */
  manifestCommitments(statement: string): string[] | undefined;
  headerCount(statement: string): number | undefined;
  /** The header that was added as number `place`, counted from 0. */
  header(statement: string, place: number): Uint8Array | undefined;
  /** All headers in the order of their places, read one chunk at a time: for whoever needs them all. */
  headers(statement: string): Iterable<Uint8Array>;
  /** Every version of an object, oldest first. The index is not authenticated: compare with the item that it leads to. */
  versionsOf(key: ObjectKey): ObjectVersion[];
  nameOf(subject: string): JsonObject | undefined;
  actorName(actor: string): JsonObject | undefined;
  /** Signs for a patient in one scope: to be used only once the patient's passkey has asserted the statement id. */
  scopeSigner(subject: string, scope: string): SecretSigner | undefined;
  /** Who holds copies of a study, or of what is kept of a subject and of its studies. */
  holders(studyOrSubject: string): HolderOf[];
}

/** Returns the reading side of these rooms. */
export function vaultReader(rooms: Rooms): VaultReader {
  return checkedMethods({ ...finding(rooms), ...reading(rooms) });
}

function finding({ subjects, studies, parts, objects, holders, recent }: Rooms): Pick<VaultReader, Finding> {
  const found = ({ handle, subject }: Study): FoundStudy => ({ study: handle, subject: subject.handle });
  return {
    findSubject: (patient) => subjects.named(namesOfPatient(patient)[0])[0]?.handle,
    findActorSubject: (actor) => subjects.named(namesOfActor(actor))[0]?.handle,
    findStudies: (criterion) => {
      if ("label" in criterion) return studies.labelled(criterion.label, criterion.value).map(found);
      const { issuer, patientId } = criterion;
      const [exact, byId] = namesOfPatient({ issuer: issuer ?? "", patientId });
      return subjects
        .named(issuer === undefined ? byId : exact)
        .flatMap((subject) => studies.ofSubject(subject).map(found));
    },
    studiesOf: (subject) => {
      const known = subjects.find(subject);
      return known === undefined ? [] : studies.ofSubject(known).map(({ handle }) => handle);
    },
    subjectOfStudy: (study) => studies.find(study)?.subject.handle,
    statementsOf: (handle) => {
      const study = studies.find(handle);
      const subject = study === undefined ? subjects.find(handle) : undefined;
      const kept = study ? parts.ofStudy(study) : subject ? parts.ofSubject(subject) : [];
      return [...new Set(kept.map(({ statement }) => statement))];
    },
    versionsOf: (key) =>
      objects.find(key).map(({ part, item }) => {
        const { statement, about, study } = recent.of(`part ${part}`, () => parts.byId(part));
        return given({ statement, item, subject: about.handle, study });
      }),
    holders: (handle) => {
      const study = studies.find(handle);
      if (study !== undefined) return holders.ofStudy(study);
      const subject = subjects.find(handle);
      return subject === undefined ? [] : holders.ofSubject(subject);
    },
  };
}

function reading({ subjects, scopeKeys, parts, lists, recent }: Rooms): Omit<VaultReader, Finding> {
  const partsOf = (statement: string) => recent.of(`statement ${statement}`, () => parts.ofStatement(statement));
  const withManifest = (statement: string) =>
    partsOf(statement).find((part): part is Part & { manifest: ManifestMark } => part.manifest !== undefined);
  const withHeaders = (statement: string) => partsOf(statement).find(({ headers }) => headers !== undefined);
  return {
    disclosures: (statement) => {
      const kept = parts.ofStatement(statement);
      if (kept.length === 0) return undefined;
      const seed = kept.find((part) => part.seed !== undefined)?.seed;
      const disclosures = Object.fromEntries(kept.flatMap((part) => Object.entries(part.disclosures)));
      return given({ disclosures, seed });
    },
    manifestSize: (statement) => withManifest(statement)?.manifest.items.size,
    manifestItem: (statement, index) => {
      const part = withManifest(statement);
      return part && readManifestItem(lists, part.manifest, index, part.about.key, recent);
    },
    *manifest(statement) {
      try {
        const part = withManifest(statement);
        if (part !== undefined) yield* readManifest(lists, part.manifest, part.about.key);
      } catch (thrown) {
        throw asVaultError(thrown);
      }
    },
    manifestsAfter: (last) => {
      const page = parts.page(last, partsInPage);
      const statements = page.flatMap(({ part }) =>
        part?.manifest === undefined ? [] : [given({ statement: part.statement, study: part.study })],
      );
      const end = page.at(-1)?.id;
      return end === undefined
        ? undefined
        : { statements, isDamaged: page.some(({ part }) => part === undefined), last: end };
    },
    manifestCommitments: (statement) => {
      const part = withManifest(statement);
      return part && readCommitments(lists, part.manifest, part.about.key);
    },
    headerCount: (statement) => withHeaders(statement)?.headers?.size,
    header: (statement, place) => {
      const part = withHeaders(statement);
      return part?.headers && readHeader(lists, part.headers, place, part.about.key);
    },
    *headers(statement) {
      try {
        const part = withHeaders(statement);
        if (part?.headers !== undefined) yield* readHeaders(lists, part.headers, part.about.key);
      } catch (thrown) {
        throw asVaultError(thrown);
      }
    },
    nameOf: (subject) => {
      const known = subjects.find(subject);
      return known && subjects.nameOf(known);
    },
    scopeSigner: (subject, scope) => {
      const known = subjects.find(subject);
      return known && scopeKeys.find(known, scope);
    },
    actorName: (actor) => {
      const [known] = subjects.named(namesOfActor(actor));
      return known && subjects.nameOf(known);
    },
  };
}

/** Few enough that nobody waits for them. */
const partsInPage = 64;

type Finding =
  | "findSubject"
  | "findActorSubject"
  | "findStudies"
  | "studiesOf"
  | "subjectOfStudy"
  | "statementsOf"
  | "versionsOf"
  | "holders";

function checkedMethods(reader: VaultReader): VaultReader {
  const methods = Object.entries(reader).map(([name, method]) => [name, withVaultErrors(method)]);
  return Object.fromEntries(methods) as VaultReader;
}
