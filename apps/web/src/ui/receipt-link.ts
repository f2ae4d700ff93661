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
  { versions }: Pick<StudyDetail, "versions">,
  { statementId, item }: Pick<StudyObject, "statementId" | "item">,
): Promise<void> {
  const { index } =
    versions.find((version) => version.statementId === statementId) ?? (await node.statement(statementId));
  const text = await node.receiptShowing(index, { objects: [{ item, attributes: true }] });
  saveText(`entry-${index}-image-${item + 1}.receipt.json`, text, "application/json");
}

/** Saves a text as a file. */
export function saveText(name: string, text: string, type: string): void {
  const href = URL.createObjectURL(new Blob([text], { type }));
  Object.assign(document.createElement("a"), { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}
