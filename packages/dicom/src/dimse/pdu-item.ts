// Items and sub-items: type, reserved, length, value. DICOM PS3.8 § 9.3.2.1.
import { uint16Of } from "./pdu-text.ts";

/** An item; its value is a view. */
export interface Item {
  readonly type: number;
  readonly bytes: Uint8Array;
}

/** Reads the items from `start` to the end. Returns undefined when they do not fill the room exactly, or are more than the budget, which is shared by all levels. */
export function itemsOf(bytes: Uint8Array, start: number, budget: { items: number }): readonly Item[] | undefined {
  const items: Item[] = [];
  let at = start;
  for (; at + 4 <= bytes.length; budget.items -= 1) {
    if (budget.items === 0) return undefined;
    const end = at + 4 + uint16Of(bytes, at + 2);
    if (end > bytes.length) return undefined;
    items.push({ type: bytes[at] as number, bytes: bytes.subarray(at + 4, end) });
    at = end;
  }
  return at === bytes.length ? items : undefined;
}
