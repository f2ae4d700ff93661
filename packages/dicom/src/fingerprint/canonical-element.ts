// Which elements of a data set count, under which key, and in which order. docs/formats/fingerprints.md § Canonical header.
import { elementOf, groupOf, isPrivate, isPrivateCreator, type Tag, tags } from "../dictionary/tag.ts";
import { type DataSet, type Element, type HeaderStore, storedBytes } from "../reading/element.ts";
import { type AttributeKey, compareAttributeKeys } from "./attribute-key.ts";

/** An element under its canonical key, in which the number of a private block is gone, since it is only a place. */
export interface KeyedElement extends AttributeKey {
  readonly element: Element;
}

/** Elements that say how the object is encoded or signed, and nothing of what it is. */
const dropped: ReadonlySet<Tag> = new Set<Tag>([
  tags.lengthToEnd,
  tags.macParametersSequence,
  tags.extendedOffsetTable,
  tags.extendedOffsetTableLengths,
  tags.encapsulatedPixelDataValueTotalLength,
  tags.digitalSignaturesSequence,
  tags.dataSetTrailingPadding,
]);

/** Returns the elements of `dataSet` that count, by tag, then creator; those with the same key as they stand. */
export function keyedElements({ elements }: DataSet, store: HeaderStore): KeyedElement[] {
  const counted = elements.filter(counts);
  const keyed = counted.some(({ tag }) => isPrivate(tag)) ? withCreators(counted, store) : counted.map(standard);
  return isOrdered(keyed) ? keyed : keyed.sort(compareAttributeKeys);
}

function counts({ tag }: Element): boolean {
  return elementOf(tag) !== 0 && groupOf(tag) !== 0x0002 && !dropped.has(tag);
}

function standard(element: Element): KeyedElement {
  return { tag: element.tag, creator: "", element };
}

// The declaration of a block is part of every key in it, and nothing by itself.
function withCreators(elements: readonly Element[], store: HeaderStore): KeyedElement[] {
  const creators = readCreators(elements, store);
  return elements.flatMap((element) => {
    const { tag } = element;
    if (creators.get(tag)?.element === element) return [];
    const creator = isPrivate(tag) ? (creators.get(blockOf(tag))?.name ?? "") : "";
    return [creator === "" ? standard(element) : { tag: (tag & 0xffff00ff) >>> 0, creator, element }];
  });
}

interface Creator {
  readonly name: string;
  readonly element: Element;
}

// The first declaration of a block counts; a blank one declares nothing, and stays an element.
function readCreators(elements: readonly Element[], store: HeaderStore): Map<Tag, Creator> {
  const creators = new Map<Tag, Creator>();
  for (const element of elements) {
    if (!isPrivateCreator(element.tag) || creators.has(element.tag) || !isPlain(element)) continue;
    const name = creatorName(storedBytes(store, element));
    if (name !== "") creators.set(element.tag, { name, element });
  }
  return creators;
}

function isPlain({ inSource, items, fragments }: Element): boolean {
  return !inSource && items === undefined && fragments === undefined;
}

function creatorName(bytes: Uint8Array): string {
  let name = "";
  for (const byte of bytes) name += String.fromCharCode(byte);
  return name.replace(/[ \0]+$/, "");
}

// (gggg,bbee) is in the block that (gggg,00bb) declares; below (gggg,1000) there is none.
function blockOf(tag: Tag): Tag {
  return ((tag & 0xffff0000) | (elementOf(tag) >>> 8)) >>> 0;
}

function isOrdered(keyed: readonly KeyedElement[]): boolean {
  return keyed.every(
    (element, index) => index === 0 || compareAttributeKeys(keyed[index - 1] as KeyedElement, element) <= 0,
  );
}
