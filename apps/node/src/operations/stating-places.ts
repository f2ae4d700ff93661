// Where what opens a statement is kept: with the one patient it is about, or the actor, so that forgetting them forgets it too. DESIGN § 1, promise 3.
import { actorRegistered, directory, studyDerived, studyTransferred } from "@fiducial/contract";
import { type Content, isJsonObject, type Json, type JsonObject, parseEntry } from "@fiducial/core";
import type { VaultWriter } from "@fiducial/vault";
import { wholeHistoryOf } from "../logs/history.ts";
import { NodeError } from "../node-error.ts";
import { type Keeping, keptByOrganization } from "./acts.ts";
import type { Site } from "./site.ts";

type Known = Pick<Site, "logs" | "vault">;

/**
 * Where a statement's seed and disclosures belong: with the study, so that they follow a correction of it; with the patient when it is
 * about several. Throws SUBJECT_NOT_ONE when sealed fields are filled in and of the studies that the statement names nobody is known
 * here to be the patient, or several are.
 */
export function keepingOf(site: Known, content: Content, sealed: JsonObject): Keeping {
  const about = aboutOf(site, content.open);
  if (about.roots === undefined) return keptWithActor(about.actor, content, sealed);
  const subjects = [...new Set([...about.roots.map(({ subject }) => subject), ...patientIn(site, sealed["subject"])])];
  const [subject] = subjects;
  if (subject === undefined || subject === unknown || subjects.length > 1) {
    if (filledIn(sealed).length > 0) throw new NodeError("SUBJECT_NOT_ONE", { subjects: subjects.length });
    return keptByOrganization;
  }
  const studies = [...new Set(about.roots.map(({ study }) => study))];
  const study = studies.length === 1 ? studies[0] : undefined;
  return (writer) => {
    recordReceiver(writer, study ?? subject, content, sealed);
    return study === undefined ? { subject } : { subject, study };
  };
}

/** Names of the sealed fields that say something. */
export function filledIn(sealed: JsonObject): string[] {
  return Object.keys(sealed).filter((name) => sealed[name] !== undefined && sealed[name] !== null);
}

/** The studies that a statement names: the one it is about, those it lists, those it derives from. */
export function studiesNamed({ study, studies, sources }: JsonObject): string[] {
  return [...textsIn([study]), ...textsIn(studies), ...textsIn(sources)];
}

/** Stands for a patient whom nothing is known of. */
const unknown = "";

/** A study that is kept here, or a patient without one. */
interface Root {
  readonly subject: string;
  readonly study?: string;
}

/** Whom a statement is about. */
interface About {
  /** The studies that are named, or that what is named was derived from; undefined when it names no patient's things. */
  readonly roots?: readonly Root[];
  readonly actor?: string | undefined;
}

function aboutOf(site: Known, open: JsonObject): About {
  const { study, studies, sources, subject, statement, actor, key } = open;
  if (typeof statement === "string") return aboutOf(site, openOf(site, statement));
  // What is derived has a handle of its own, and may be of nobody yet.
  const named = sources === undefined ? [...textsIn([study]), ...textsIn(studies)] : textsIn(sources);
  if (named.length > 0) return { roots: named.flatMap((handle) => rootsOf(site, handle)) };
  if (typeof subject === "string") return { roots: [{ subject: isKept(site, subject) ? subject : unknown }] };
  if (typeof key === "string") return { actor: directory.key(site.logs.current.store.state, key)?.actor };
  return { actor: typeof actor === "string" ? actor : undefined };
}

// After an erasure the ledger still has the handle.
function isKept({ vault }: Known, subject: string): boolean {
  return vault.studiesOf(subject).length > 0 || vault.statementsOf(subject).length > 0;
}

/** A study, or those that it was derived from in the end. */
function rootsOf(site: Known, study: string, seen: Set<string> = new Set()): Root[] {
  if (seen.has(study)) return [];
  seen.add(study);
  const subject = site.vault.subjectOfStudy(study);
  if (subject !== undefined) return [{ subject, study }];
  const sources = wholeHistoryOf(site.logs, study)
    .filter(({ content }) => content.kind === studyDerived.name && content.open["study"] === study)
    .flatMap(({ content }) => textsIn(content.open["sources"]));
  return sources.length === 0 ? [{ subject: unknown }] : sources.flatMap((source) => rootsOf(site, source, seen));
}

// A sealed patient must be the one whose the study is: another one is for a correction to say.
function patientIn({ vault }: Known, subject: Json | undefined): string[] {
  if (!isJsonObject(subject)) return [];
  const { issuer, patientId } = subject;
  return [vault.findSubject({ issuer: String(issuer), patientId: String(patientId) }) ?? unknown];
}

function openOf({ logs }: Known, statement: string): JsonObject {
  const place = logs.placeOf(statement);
  return (place && parseEntry(place.log.reader.entry(place.index))?.statement.content.open) ?? {};
}

function keptWithActor(actor: string | undefined, { kind, signers }: Content, sealed: JsonObject): Keeping {
  if (actor === undefined || actor === signers[0].organization) return keptByOrganization;
  return (writer) => {
    // As the commands for persons and devices do: the pages show actors by what is kept under this name.
    const { name = "", details = {} } = sealed;
    if (kind === actorRegistered.name) writer.putActor(actor, { name, details });
    return { subject: writer.actorSubject(actor) };
  };
}

// Whoever was sent a study holds a copy: an erasure has to count it, a correction to reach it.
function recordReceiver(
  writer: VaultWriter,
  held: string,
  { kind, open, occurredAt, supersedes }: Content,
  { destination }: JsonObject,
): void {
  const isSent = kind === studyTransferred.name && open["direction"] === "sent" && open["outcome"] !== "failed";
  if (!isSent || supersedes?.reason === "entered-in-error") return;
  const where = [destination, open["counterpart"]].find((text) => typeof text === "string") ?? "not stated";
  writer.recordHolder(held, { kind: "transfer", where: String(where), at: occurredAt });
}

function textsIn(value: Json | readonly (Json | undefined)[] | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
