// Where the receipt of an entry is, and how it is saved.
import { pathOf, routes } from "@fiducial/api";

/** The attributes of a link that saves a receipt. */
export function receiptAddress(index: number): { readonly href: string; readonly download: string } {
  return { href: pathOf(routes.receipt, { index }), download: `entry-${index}.receipt.json` };
}

/** Saves the receipt of an entry, as if its link had been pressed. */
export function saveReceipt(index: number): void {
  Object.assign(document.createElement("a"), receiptAddress(index)).click();
}

/** Saves a text as a file. */
export function saveText(name: string, text: string, type: string): void {
  const href = URL.createObjectURL(new Blob([text], { type }));
  Object.assign(document.createElement("a"), { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}
