// The data dictionary: what an attribute is called and how its value is represented. DICOM PS3.6.
import { attributeTable } from "./attribute-table.ts";
import { elementOf, groupOf, isPrivate, type Tag } from "./tag.ts";
import { type ValueClass, valueClassOfVr } from "./vr.ts";

/** What PS3.6 says of one attribute. The VR is ox, xs, lt or up where it depends on the object: attribute-table.ts. */
export interface DictionaryEntry {
  readonly vr: string;
  readonly valueClass: ValueClass;
  readonly keyword: string;
  readonly retired: boolean;
}

const line = /^([0-9A-FX]{4})([A-Z]{2}|ox|xs|lt|up)(!?)(.*)$/;

// Read from the table at the first question, since a start of the command line often asks none.
let entries: Map<Tag, DictionaryEntry> | undefined;
let tagsByKeyword: Map<string, Tag> | undefined;

/** Returns the entry of a standard attribute, or undefined: private attributes have none. */
export function dictionaryEntry(tag: Tag): DictionaryEntry | undefined {
  entries ??= readTable();
  return entries.get(tag) ?? (isPrivate(tag) ? undefined : entries.get(repeatingTag(tag)));
}

/** Returns the keyword of a standard attribute, such as PatientID, or undefined. */
export function keywordOf(tag: Tag): string | undefined {
  const keyword = dictionaryEntry(tag)?.keyword;
  return keyword === "" ? undefined : keyword;
}

/** Returns the name people read: the keyword as words, such as "Patient ID", or undefined. */
export function attributeName(tag: Tag): string | undefined {
  return keywordOf(tag)?.replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z](?!s(?:[A-Z]|$))[a-z])/g, " ");
}

/** Returns the tag of a keyword, or undefined. Of attributes that repeat it gives the first. */
export function tagOfKeyword(keyword: string): Tag | undefined {
  entries ??= readTable();
  tagsByKeyword ??= new Map([...entries].reverse().map(([tag, entry]) => [entry.keyword, tag]));
  return keyword === "" ? undefined : tagsByKeyword.get(keyword);
}

// Curves, overlays and variable pixel data repeat by group, source image ids by element: they stand under the first of each.
function repeatingTag(tag: Tag): Tag {
  const group = groupOf(tag);
  const element = elementOf(tag);
  if (group === 0x0020 && element >= 0x3100 && element <= 0x31ff) return 0x00203100;
  const first = group & 0xff00;
  return first === 0x5000 || first === 0x6000 || first === 0x7f00 ? first * 0x10000 + element : tag;
}

function readTable(): Map<Tag, DictionaryEntry> {
  const read = new Map<Tag, DictionaryEntry>();
  let group = "";
  for (const text of attributeTable.split("\n")) {
    const [, element, vr, retired, keyword = ""] = line.exec(text) ?? [];
    if (element === undefined || vr === undefined) group = text;
    else read.set(numberOf(group + element), { vr, valueClass: valueClassOfVr(vr), keyword, retired: retired !== "" });
  }
  return read;
}

function numberOf(digits: string): Tag {
  return Number.parseInt(digits.replaceAll("X", "0"), 16);
}
