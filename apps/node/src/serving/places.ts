// So many at a time and no more: whoever comes when all places are taken is told so at once, and nobody takes all of them alone.
import { NodeError, type NodeErrorCode } from "../node-error.ts";

/** A number of places. */
export interface Places {
  /** Takes a place, for a holder who has a share where one is named, and returns what gives it back; giving it back twice is once. Throws the code that the places were made with. */
  take(holder?: string): () => void;
  /** How many are taken. */
  taken(): number;
}

/** Returns how many of so many places one holder may take: half of them. */
export function shareOf(most: number): number {
  return Math.ceil(most / 2);
}

/** Makes places that are refused with `code` when `most` are taken, or half of them by the one who asks. */
export function places(most: number, code: NodeErrorCode): Places {
  let taken = 0;
  const held = new Map<string, number>();

  function hold(holder: string | undefined, change: 1 | -1): void {
    taken += change;
    if (holder === undefined) return;
    const own = (held.get(holder) ?? 0) + change;
    if (own === 0) held.delete(holder);
    else held.set(holder, own);
  }

  return {
    take: (holder) => {
      const own = holder === undefined ? 0 : (held.get(holder) ?? 0);
      if (taken >= most || own >= shareOf(most)) throw new NodeError(code);
      hold(holder, 1);
      let isTaken = true;
      return () => {
        if (isTaken) hold(holder, -1);
        isTaken = false;
      };
    },
    taken: () => taken,
  };
}
