import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { openTransactions } from "./transactions.ts";

function opened() {
  const database = new DatabaseSync(":memory:");
  onTestFinished(() => database.close());
  database.exec("CREATE TABLE line (text TEXT NOT NULL)");
  const insert = database.prepare("INSERT INTO line VALUES (?)");
  const lines = () =>
    database
      .prepare("SELECT text FROM line ORDER BY rowid")
      .all()
      .map(({ text }) => text);
  return { database, lines, add: (text: string) => insert.run(text), ...openTransactions(database) };
}

test("what waits together is written in order, each with its own answer", async () => {
  const { write, add, lines } = opened();
  const answers = ["a", "b", "c"].map((text) =>
    write(() => {
      add(text);
      return text.toUpperCase();
    }),
  );
  expect(lines()).toEqual([]);
  expect(await Promise.all(answers)).toEqual(["A", "B", "C"]);
  expect(lines()).toEqual(["a", "b", "c"]);
});

test("what throws is undone, alone, and its error comes as it is", async () => {
  const { write, add, lines } = opened();
  const before = write(() => add("before"));
  const failing = write(() => {
    add("undone");
    throw new TypeError("own mistake");
  });
  const after = write(() => add("after"));
  await expect(failing).rejects.toThrow(new TypeError("own mistake"));
  await Promise.all([before, after]);
  expect(lines()).toEqual(["before", "after"]);
});

test("an error of somebody else's table is no failure of the disk, however its code begins", async () => {
  const { write, add, lines } = opened();
  for (const code of ["SUBJECT_NOT_ONE", "ENTRY_UNKNOWN"]) {
    const refusing = write(() => {
      add("undone");
      throw Object.assign(new Error("refused"), { code });
    });
    await expect(refusing).rejects.toMatchObject({ code });
  }
  await write(() => add("after"));
  expect(lines()).toEqual(["after"]);
});

test("a promise cannot be waited for inside a transaction", async () => {
  const { write, add, lines } = opened();
  const waiting = write(() => Promise.resolve(add("undone")));
  await expect(waiting).rejects.toMatchObject({ code: "VALUE_MALFORMED" });
  expect(lines()).toEqual([]);
});

test("a full disk fails what it met, and nothing later once there is room", async () => {
  const { database, write, add, lines } = opened();
  database.exec("PRAGMA max_page_count = 5");
  await expect(write(() => add("x".repeat(100_000)))).rejects.toMatchObject({ code: "VAULT_FULL" });
  database.exec("PRAGMA max_page_count = 5000");
  await write(() => add("y"));
  expect(lines()).toEqual(["y"]);
});

test("after a failed disk nothing is written until the vault is opened anew", async () => {
  const { write, add, lines, maintain, close } = opened();
  const failing = write(() => {
    add("lost");
    throw Object.assign(new Error("disk I/O error"), { errcode: 1034 });
  });
  const [first, next] = await Promise.allSettled([failing, write(() => add("next"))]);
  expect([first, next]).toMatchObject([{ reason: { code: "VAULT_FAILED" } }, { reason: { code: "VAULT_FAILED" } }]);
  await expect(write(() => add("later"))).rejects.toMatchObject({ code: "VAULT_FAILED" });
  await expect(maintain(async () => {})).rejects.toMatchObject({ code: "VAULT_FAILED" });
  expect(lines()).toEqual([]);
  await close();
});

test("nothing is written while something wants to be alone, and one such thing follows the other", async () => {
  const { write, alone, add, lines } = opened();
  const seen: string[] = [];
  const first = alone(async () => {
    await new Promise(setImmediate);
    seen.push(`first ${lines().length}`);
  });
  const second = alone(async () => {
    seen.push(`second ${lines().length}`);
  });
  await Promise.resolve();
  const writing = write(() => add("a"));
  await Promise.all([first, second, writing]);
  expect(seen[0]).toBe("first 0");
  expect(seen).toHaveLength(2);
  expect(lines()).toEqual(["a"]);
});

test("closing does what waits and refuses what comes", async () => {
  const { write, close, add, lines } = opened();
  const waiting = write(() => add("a"));
  const closing = close();
  await waiting;
  await closing;
  expect(lines()).toEqual(["a"]);
  await expect(write(() => add("b"))).rejects.toMatchObject({ code: "VAULT_CLOSED" });
});
