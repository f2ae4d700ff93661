import { expect, test } from "vitest";
import { checkOrderingNames, ledgerImports, orderingNames } from "./ordering-names.ts";
import { scratchFolder } from "./scratch-folder.ts";

const door = `export type { Ordering } from "./ordering/port.ts";
export { localOrdering, type LocalOrderingOptions } from "./ordering/local/local-ordering.ts";
export { memory as memoryOrdering } from "./ordering/memory/memory-ordering.ts";
export { openReplica } from "./replica/replica.ts";
`;

test("the door's orderings are what it exports from their folders, by their outward names", () => {
  expect(orderingNames(door)).toEqual(["localOrdering", "LocalOrderingOptions", "memoryOrdering"]);
});

test("an import is seen in each of its forms", () => {
  expect(ledgerImports(`import { openReplica, localOrdering as order } from "@fiducial/ledger";`)).toEqual([
    "openReplica",
    "localOrdering",
  ]);
  expect(ledgerImports(`import {\n  type Ordering,\n  memoryOrdering,\n} from "@fiducial/ledger";`)).toEqual([
    "Ordering",
    "memoryOrdering",
  ]);
  expect(ledgerImports(`import * as ledger from "@fiducial/ledger";`)).toEqual(["*"]);
  expect(ledgerImports(`export * from "@fiducial/ledger";`)).toEqual(["*"]);
  expect(ledgerImports(`import { localOrdering } from "./own.ts";`)).toEqual([]);
});

test("only compose.ts and tests name an ordering; the port is free to all", () => {
  const named = `import { localOrdering } from "@fiducial/ledger";\n`;
  const root = scratchFolder({
    "packages/ledger/src/index.ts": door,
    "apps/node/src/compose.ts": named,
    "apps/node/src/compose.test.ts": named,
    "apps/node/src/routes/log.ts": named,
    "apps/cli/src/main.ts": `import type { Ordering } from "@fiducial/ledger";\n`,
  });
  expect(checkOrderingNames(root)).toEqual(["apps/node/src/routes/log.ts names an ordering: localOrdering"]);
});
