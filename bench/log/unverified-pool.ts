// Takes signatures for good without looking at them. It fills logs before something else is measured, and is used for nothing else.
import { fromHex, parseStatement } from "@fiducial/core";
import type { VerificationPool } from "@fiducial/ledger";

/** A verification pool that verifies nothing. */
export const unverifiedPool: VerificationPool = {
  examine: async (statements) =>
    statements.map(({ bytes }) => {
      const statement = parseStatement(bytes);
      if (typeof statement === "string") return { fault: statement, bytes };
      const { id, content } = statement;
      return { id, idBytes: fromHex(id) as Uint8Array, bytes, content, verified: () => true };
    }),
  close: async () => {},
};
