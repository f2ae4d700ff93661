// What an attribute is called once the number of its private block no longer counts, and its path as text. docs/formats/fingerprints.md § Paths.
import { type Tag, tagText } from "../dictionary/tag.ts";

/** The canonical name of an attribute. */
export interface AttributeKey {
  /** The tag; in a private block (gggg,00ee). */
  readonly tag: Tag;
  /** The creator of its private block, a character for each byte; empty for all others. */
  readonly creator: string;
}

/** Orders attributes as a canonical header has them: by tag, then by creator. */
export function compareAttributeKeys(a: AttributeKey, b: AttributeKey): number {
  return a.tag - b.tag || (a.creator < b.creator ? -1 : a.creator > b.creator ? 1 : 0);
}

/** Writes the path of an attribute, by which its salt is derived and its digest recorded: `gggg,eeee`, in a private block `gggg,xxee,CREATOR`. */
export function attributePath({ tag, creator }: AttributeKey): string {
  const text = tagText(tag);
  return creator === "" ? text : `${text.slice(0, 4)},xx${text.slice(7)},${creator}`;
}

/** Reads a path back, or returns undefined when it is none. */
export function readAttributePath(path: string): AttributeKey | undefined {
  const [, group, element, privateElement, creator] =
    /^([0-9a-f]{4}),(?:([0-9a-f]{4})|xx([0-9a-f]{2}),(.+))$/s.exec(path) ?? [];
  if (group === undefined) return undefined;
  if (element !== undefined) return { tag: Number.parseInt(group + element, 16), creator: "" };
  return { tag: Number.parseInt(`${group}00${privateElement}`, 16), creator: creator ?? "" };
}
