// The room in the projection: what is true now of the things that an application speaks of.

import type { ReadFile } from "./contract-room.ts";
import { addImport, insertAfter, replaceOnce } from "./line-edits.ts";
import { capital, fileStem, type KindRequest, kindName } from "./request.ts";

const source = "packages/projection/src";

/** Returns the files to write, by path: a room where there is none, and a test that the kind changes something in it. */
export function projectionRoom(request: KindRequest, read: ReadFile): Map<string, string> {
  const { application } = request;
  const folder = `${source}/${application}`;
  const files = new Map([[`${folder}/${fileStem(request)}.test.ts`, testFile(request)]]);
  if (read(`${folder}/${application}-part.ts`) !== undefined) return files;
  const part = `./${application}/${application}-part.ts`;
  const queries = `${capital(application)}Queries`;
  files.set(`${folder}/${application}-part.ts`, partFile(request));
  files.set(`${source}/projection.ts`, withPart(read(`${source}/projection.ts`) ?? "", application));
  const door = read(`${source}/index.ts`) ?? "";
  files.set(
    `${source}/index.ts`,
    addImport(door, `export type { ${capital(request.noun)}Fact, ${queries} } from "${part}";`),
  );
  return files;
}

function partFile({ application, noun }: KindRequest): string {
  const [fact, queries] = [`${capital(noun)}Fact`, `${capital(application)}Queries`];
  return `// What the log says of ${application}, by handle.
import type { FoldedEntry, Part } from "../fold.ts";

/** A ${noun} as the log knows it. */
export interface ${fact} {
  readonly ${noun}: string;
  /** The entry that spoke of it first. */
  readonly index: number;
}

export interface ${queries} {
  ${noun}(handle: string): ${fact} | undefined;
}

export const ${application}Part: Part<${queries}> = {
  tables: \`
    CREATE TABLE ${application}_${noun} (handle TEXT PRIMARY KEY, idx INTEGER NOT NULL) STRICT, WITHOUT ROWID;\`,

  open: (database) => {
    const sql = {
      one: database.prepare("SELECT handle AS ${noun}, idx AS \\"index\\" FROM ${application}_${noun} WHERE handle = ?"),
    };
    // What each kind of ${application} changes. Kinds that are not here change nothing that anybody asks for.
    const changes: Readonly<Record<string, (entry: FoldedEntry) => void>> = {};

    return {
      fold: (entry) => changes[entry.content.kind]?.(entry),
      queries: { ${noun}: (handle) => sql.one.get(handle) as ${fact} | undefined },
    };
  },
};
`;
}

function testFile(request: KindRequest): string {
  const { application, noun, nature } = request;
  return `import { DatabaseSync } from "node:sqlite";
import type { Content } from "@fiducial/core";
import { expect, test } from "vitest";
import { ${application}Part } from "./${application}-part.ts";

const content: Content = {
  kind: "${kindName(request)}",
  version: 1,
  log: "tests.example/log",
  signers: [{ actor: "a".repeat(32), capacity: "self", key: "b".repeat(64), organization: "a".repeat(32) }],
  occurredAt: "2026-11-22T08:00:00.000Z",
  signedAt: "2026-11-22T08:00:00.000Z",${nature === "observation" ? '\n  basis: "seen",' : ""}
  open: { ${noun}: "c".repeat(32) },
  commitments: {},
};

test("${kindName(request)} changes what is known of ${application}", () => {
  const database = new DatabaseSync(":memory:");
  database.exec(${application}Part.tables);
  const { fold } = ${application}Part.open(database);
  fold({ index: 7, recordedAt: "2026-01-01T00:00:00.000Z", findings: [], id: "d".repeat(64), content });
  const { changed } = database.prepare("SELECT total_changes() AS changed").get() as { changed: number };
  expect(changed, "fold ${kindName(request)} in ${application}-part.ts, and say here what is known then").toBeGreaterThan(0);
});
`;
}

function withPart(text: string, application: string): string {
  const [part, queries] = [`${application}Part`, `${capital(application)}Queries`];
  const what = `${part} in projection.ts`;
  const imported = addImport(
    text,
    `import { type ${queries}, ${part} } from "./${application}/${application}-part.ts";`,
  );
  const declared = insertAfter(
    imported,
    /^ {2}readonly \w+: \w+Queries;$/,
    `  readonly ${application}: ${queries};`,
    what,
  );
  const listed = replaceOnce(declared, /\] as const;/, `, ${part}] as const;`, what);
  const opened = insertAfter(
    listed,
    /^ {6}\w+: \w+Part\.open\(database\),$/,
    `      ${application}: ${part}.open(database),`,
    what,
  );
  return insertAfter(
    opened,
    /^ {4}\w+: watchedAll\(opened\.\w+\.queries\),$/,
    `    ${application}: watchedAll(opened.${application}.queries),`,
    what,
  );
}
