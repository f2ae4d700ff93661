// Which contract rules: the one of entry 0, then whatever was activated, from the stated entry on.
import { describe, expect, test } from "vitest";
import { activeContract, contractFor } from "./active-contract.ts";
import { contract } from "./contract.ts";
import { type LogRow, writeDirectory } from "./directory.ts";
import { memoryState } from "./memory-state.ts";
import { withWrites } from "./state.ts";

const [one, two] = [contract(1, [], {}), contract(2, [], {})];
const reference = ({ version, digest }: typeof one) => ({ version, digest });
const log: LogRow = {
  origin: "tests.example/log",
  contract: reference(one),
  next: null,
  organizations: 1,
  sealed: false,
};
const stateOf = (row: LogRow) => withWrites(memoryState(), [writeDirectory.log(row)]);
const content = { kind: "imaging.study.registered", open: {} };

describe("the active contract", () => {
  test("is none on an empty log", () => {
    expect(activeContract(memoryState(), 0)).toBeUndefined();
  });

  test("is that of entry 0 until another takes effect", () => {
    expect(activeContract(stateOf(log), 5000)).toEqual(reference(one));
    const pending = stateOf({ ...log, next: { ...reference(two), atIndex: 10 } });
    expect(activeContract(pending, 9)).toEqual(reference(one));
    expect(activeContract(pending, 10)).toEqual(reference(two));
    expect(activeContract(pending, 11)).toEqual(reference(two));
  });

  test("is found among those at hand by version and digest, or the log stops", () => {
    const pending = stateOf({ ...log, next: { ...reference(two), atIndex: 10 } });
    expect(contractFor([one, two], pending, 9, content)).toBe(one);
    expect(contractFor([one, two], pending, 10, content)).toBe(two);
    expect(contractFor([one], pending, 10, content)).toBeUndefined();
    const other = stateOf({ ...log, contract: { version: 1, digest: "00".repeat(32) } });
    expect(contractFor([one, two], other, 10, content)).toBeUndefined();
  });

  test("for entry 0 is the one that it names; for anything else that comes first, any", () => {
    const founding = (named: unknown) => ({ kind: "identity.log.created", open: { contract: named as never } });
    expect(contractFor([one, two], memoryState(), 0, founding(reference(one)))).toBe(one);
    expect(contractFor([one, two], memoryState(), 0, founding({ version: 3, digest: one.digest }))).toBeUndefined();
    for (const named of [null, "1", [], {}, { version: "1", digest: 1 }]) {
      expect(contractFor([one, two], memoryState(), 0, founding(named))).toBe(two);
    }
    expect(contractFor([one, two], memoryState(), 0, content)).toBe(two);
  });

  test("has a digest of what its kinds do, whatever their order", () => {
    expect(one.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(contract(1, [], { kernel: "00".repeat(32) }).digest).not.toBe(one.digest);
  });
});
