// So many at a time and no more: whoever comes when all places are taken is told so at once.
import { NodeError, type NodeErrorCode } from "../node-error.ts";

/** A number of places. */
export interface Places {
  /** Takes a place and returns what gives it back; giving it back twice is once. Throws the code that the places were made with. */
  take(): () => void;
  /** How many are taken. */
  taken(): number;
}

/** Makes places that are refused with `code` when `most` are taken. */
export function places(most: number, code: NodeErrorCode): Places {
  let taken = 0;
  return {
    take: () => {
      if (taken >= most) throw new NodeError(code);
      taken++;
      let isTaken = true;
      return () => {
        if (isTaken) taken--;
        isTaken = false;
      };
    },
    taken: () => taken,
  };
}
