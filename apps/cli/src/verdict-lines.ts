// A verdict in words: what was compared, what changed, and who registered the object when. DESIGN § 8.
import type { EntryDetail } from "@fiducial/api";
import type { AttributeChange, Comparison, ReadingNote, Verdict } from "@fiducial/dicom";
import { count, moment } from "./figures.ts";
import type { Screen, Style } from "./screen.ts";

/** What a verdict rests on. */
export interface Verified {
  readonly verdict: Verdict;
  readonly harmless: boolean;
  readonly differences: Comparison["differences"];
  readonly changedAttributes: readonly AttributeChange[];
  readonly reason?: string;
  /** What was odd in the file. */
  readonly notes?: readonly ReadingNote[];
  /** Why the file could not be read. */
  readonly code?: string;
  readonly message?: string;
}

/** Says a verdict on a file: its word, then what was compared, then what was odd in the file, then each changed attribute. */
export async function verdictLines(screen: Screen, file: string, verified: Verified): Promise<string[]> {
  const { verdict, harmless, changedAttributes, notes = [] } = verified;
  const { readingNotes } = await import("@fiducial/dicom");
  const [mark, style] = markOf(verdict, harmless);
  // What could not be read is `unknown` to programs; people would take it for one that is not registered.
  const word = verified.code === undefined ? verdict : "unreadable";
  return [
    `${screen.style(style, `${mark} ${word.padEnd(14)}`)} ${file}`,
    `    ${comparedWith(verified)}`,
    ...notes.map((note) => `    ${readingNotes[note]} (${note})`),
    ...changedAttributes.map((change) => `    ${changeLine(screen, change)}`),
  ];
}

/** Says what two objects were compared by, and how that came out. */
export function comparedWith(verified: Verified): string {
  const { verdict, differences, changedAttributes, harmless, reason, code, message } = verified;
  const number = changedAttributes.length;
  const attributes = number === 0 ? "no attribute" : count(number, "attribute");
  const all = harmless && number > 0 ? harmlessly(number) : "";
  switch (verdict) {
    case "identical":
      if (differences.includes("TRANSFER_SYNTAX"))
        return "The data set is the registered one, written in another encoding, which changes no value.";
      return differences.includes("FILE")
        ? "Data set and encoding are the registered ones. The file's bytes are not: preamble, group 0002 or padding differ, which says nothing of the object."
        : "The file is the registered one, byte for byte.";
    case "header-changed":
      return `The frames are the registered ones as encoded; ${attributes} changed${all}.`;
    case "same-pixels":
      return `The samples are the registered ones, encoded otherwise; ${attributes} changed${all}.`;
    case "altered":
      return differences.includes("SAMPLES")
        ? `The pixels are not the registered ones; ${attributes} changed.`
        : `The content is not the registered one; ${attributes} changed.`;
    case "undecided":
      return `The pixels cannot be compared here (${reason}); ${attributes} changed.`;
    case "unknown":
      return code === undefined
        ? "No object of this SOP Instance UID is known: it was not registered here, or was destroyed or erased since."
        : `${message} (${code})`;
  }
}

function harmlessly(number: number): string {
  return number === 1 ? ", harmlessly" : ", all of them harmless";
}

/** Says who registered what a file was compared with. */
export function registrationLine({ index, recordedAt, signers, open, sealed }: EntryDetail): string {
  const [signer] = signers;
  const who = signer?.name ?? signer?.roles[0] ?? signer?.type ?? "";
  const organization = signer?.organizationName;
  const by = organization === undefined || organization === who ? who : `${who} for ${organization}`;
  const equipment = sealed.find(({ name }) => name === "equipment")?.opened?.value;
  const device = deviceName(equipment, open["device"] !== undefined);
  return `Registered ${moment(recordedAt)} by ${by}, entry ${index}${device}.`;
}

function deviceName(equipment: unknown, isRegistered: boolean): string {
  const { station, model, manufacturer } = (equipment ?? {}) as Readonly<Record<string, string | undefined>>;
  const name = station ?? model ?? manufacturer;
  if (name === undefined) return "";
  const kind = [manufacturer, model].filter((part) => part !== undefined && part !== name).join(" ");
  return `; device ${name}${kind === "" ? "" : ` (${kind})`}${isRegistered ? "" : ", not registered"}`;
}

/** Says how one attribute changed, by tag, keyword and class; never what stands in it. */
export function changeLine(screen: Screen, { path, keyword, change, class: class_ }: AttributeChange): string {
  const style = class_ === "coercible" ? "dim" : "yellow";
  return screen.style(style, `(${path}) ${keyword ?? "private or unknown"}: ${change}, ${class_}`);
}

function markOf(verdict: Verdict, harmless: boolean): readonly [mark: string, style: Style] {
  if (harmless) return ["✓", "green"];
  if (verdict === "altered" || verdict === "unknown") return ["✗", "red"];
  return ["!", "yellow"];
}
