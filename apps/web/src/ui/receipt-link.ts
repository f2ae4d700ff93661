// Where the receipt of an entry is, and how it or that of an image is saved.
import { pathOf, routes, type StudyDetail, type StudyObject } from "@fiducial/api";
import { node } from "./node.ts";

/** The attributes of a link that saves a receipt. */
export function receiptAddress(index: number): { readonly href: string; readonly download: string } {
  return { href: pathOf(routes.receipt, { index }), download: `entry-${index}.receipt.json` };
}

/** Saves the receipt of an entry, as if its link had been pressed. */
export function saveReceipt(index: number): void {
  Object.assign(document.createElement("a"), receiptAddress(index)).click();
}

/** Saves the receipt of the statement that registered an image, showing that image and the digests of its attributes. Throws ApiError. */
export async function saveImageReceipt(
  { versions, seriesList }: Pick<StudyDetail, "versions" | "seriesList">,
  { statementId, item }: Pick<StudyObject, "statementId" | "item">,
): Promise<void> {
  const { index } =
    versions.find((version) => version.statementId === statementId) ?? (await node.statement(statementId));
  const text = await node.receiptShowing(index, { objects: [{ item, attributes: true }] });
  saveText(imageReceiptName(seriesList, { statementId, item }, index), text, "application/json");
}

/** Names the receipt of an image as people find that image again: by its entry, Series Number and Instance Number where it has them, else by its leaf in the manifest. */
export function imageReceiptName(
  seriesList: StudyDetail["seriesList"],
  { statementId, item }: Pick<StudyObject, "statementId" | "item">,
  index: number,
): string {
  const isIt = (place: Pick<StudyObject, "statementId" | "item">) =>
    place.statementId === statementId && place.item === item;
  const holds = (object: StudyObject) => isIt(object) || object.versions?.some(isIt);
  const series = seriesList.find(({ objects }) => objects.some(holds));
  const instance = series?.objects.find(holds)?.instanceNumber;
  const place =
    series?.number === undefined || instance === undefined
      ? `leaf-${item + 1}`
      : `series-${series.number}-image-${instance}`;
  return `entry-${index}-${place}.receipt.json`;
}

/** Saves a text as a file. */
export function saveText(name: string, text: string, type: string): void {
  const href = URL.createObjectURL(new Blob([text], { type }));
  Object.assign(document.createElement("a"), { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}
