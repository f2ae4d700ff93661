// What addresses carry beside their path. Whatever else somebody puts there is left out.
import type { Actor } from "@fiducial/api";

type Given = Readonly<Record<string, unknown>>;

/** `/ledger`: entries before one, of one kind, or those about a study; with findings, recorded between two days (UTC). */
export interface LedgerSearch {
  readonly before?: number;
  readonly kind?: string;
  readonly study?: string;
  readonly findings?: "true";
  readonly from?: string;
  readonly to?: string;
}

export function readLedgerSearch(given: Given): LedgerSearch {
  return {
    ...numberOf(given, "before"),
    ...textOf(given, "kind", /^[a-z]+(?:\.[a-z-]+){2}$/),
    ...textOf(given, "study", /^[0-9a-f]{32}$/),
    ...(String(given["findings"]) === "true" ? { findings: "true" } : {}),
    ...dayOf(given, "from"),
    ...dayOf(given, "to"),
  };
}

/** `/studies`: those of a modality, of a device, registered between two days. What identifies somebody has no place here. */
export interface StudiesSearch {
  readonly modality?: string;
  readonly device?: string;
  readonly from?: string;
  readonly to?: string;
}

export function readStudiesSearch(given: Given): StudiesSearch {
  return {
    ...textOf(given, "modality", /^[A-Z0-9_]{1,16}$/),
    ...textOf(given, "device", /^[0-9a-f]{32}$/),
    ...dayOf(given, "from"),
    ...dayOf(given, "to"),
  };
}

/** `/studies/⟨handle⟩`: series and slice, both from 1, or an object by where it is registered; window as centre and width. */
export interface StudySearch {
  readonly statement?: string;
  readonly item?: number;
  readonly series?: number;
  readonly slice?: number;
  readonly centre?: number;
  readonly width?: number;
}

export function readStudySearch(given: Given): StudySearch {
  return {
    ...textOf(given, "statement", /^[0-9a-f]{64}$/),
    ...numberOf(given, "item"),
    ...numberOf(given, "series"),
    ...numberOf(given, "slice"),
    ...numberOf(given, "centre", Number.NEGATIVE_INFINITY),
    ...numberOf(given, "width"),
  };
}

/** `/members`: those of a type. */
export interface MembersSearch {
  readonly type?: Actor["type"];
}

export function readMembersSearch(given: Given): MembersSearch {
  return textOf(given, "type", /^(?:organization|person|ai|device|software)$/) as MembersSearch;
}

/** `/accesses`: those of a study, of lists that may have shown a study, or of a reader, from one day to another (local dates), and those worth a look alone. */
export interface AccessesSearch {
  readonly study?: string;
  readonly lists?: string;
  readonly reader?: string;
  readonly from?: string;
  readonly to?: string;
  readonly notable?: "true";
}

export function readAccessesSearch(given: Given): AccessesSearch {
  return {
    ...textOf(given, "study", /^[0-9a-f]{32}$/),
    ...textOf(given, "lists", /^[0-9a-f]{32}$/),
    ...textOf(given, "reader", /^[0-9a-f]{32}$/),
    ...dayOf(given, "from"),
    ...dayOf(given, "to"),
    ...(String(given["notable"]) === "true" ? { notable: "true" } : {}),
  };
}

/** `/passkey`: where to go once somebody is in; a path of this node. */
export interface PasskeySearch {
  readonly return?: string;
}

export function readPasskeySearch(given: Given): PasskeySearch {
  return textOf(given, "return", /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]{0,2000}$/);
}

/** `/verify`: an entry whose receipt is to be checked, or an object as it is stored. */
export interface VerifySearch {
  readonly entry?: number;
  readonly study?: string;
  readonly statement?: string;
  readonly item?: number;
}

export function readVerifySearch(given: Given): VerifySearch {
  return {
    ...numberOf(given, "entry"),
    ...textOf(given, "study", /^[0-9a-f]{32}$/),
    ...textOf(given, "statement", /^[0-9a-f]{64}$/),
    ...numberOf(given, "item"),
  };
}

function dayOf<Name extends string>(given: Given, name: Name): { readonly [N in Name]?: string } {
  const found = textOf(given, name, /^\d{4}-\d\d-\d\d$/);
  return Number.isNaN(Date.parse(found[name] ?? "")) ? {} : found;
}

function numberOf<Name extends string>(given: Given, name: Name, least = 0): { readonly [N in Name]?: number } {
  const value = Number(given[name]);
  const there = given[name] !== undefined && given[name] !== "" && Number.isFinite(value) && value >= least;
  return (there ? { [name]: value } : {}) as { readonly [N in Name]?: number };
}

function textOf<Name extends string>(given: Given, name: Name, form: RegExp): { readonly [N in Name]?: string } {
  const value = given[name];
  const text = typeof value === "number" ? String(value) : value;
  return (typeof text === "string" && form.test(text) ? { [name]: text } : {}) as { readonly [N in Name]?: string };
}
