// Files of objects are let go of, wherever an answer stops.
import { expect, test } from "vitest";
import type { ObjectFile, ObjectReader } from "../../objects/object-reader.ts";
import { once } from "../../objects/object-reader.ts";
import type { FoundInstance } from "./found-instances.ts";
import { openFiles } from "./open-objects.ts";

const found = ["a", "b", "c"].map((file) => ({ record: { file } }) as unknown as FoundInstance);

function reading() {
  const open = new Set<string>();
  let wait = Promise.resolve();
  const objectReader: Pick<ObjectReader, "open" | "mayHave"> = {
    mayHave: () => true,
    open: async ({ record: { file } }) => {
      await wait;
      open.add(file);
      return { path: file, letGo: once(() => void open.delete(file)) } as ObjectFile;
    },
  };
  const hold = () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    wait = promise;
    return resolve;
  };
  return { open, hold, node: { objectReader: objectReader as ObjectReader } };
}

test("each is open from when it is asked for until it is let go of", async () => {
  const { open, node } = reading();
  const { files, end } = await openFiles(node, found);
  expect([...open]).toEqual(["a"]);
  const seen: string[] = [];
  for await (const { file } of files) {
    seen.push(...open);
    file.letGo();
  }
  end();
  expect([seen, [...open]]).toEqual([["a", "b", "c"], []]);
});

test("one that nobody read when the answer stopped is let go of", async () => {
  const { open, node } = reading();
  const first = await openFiles(node, found);
  first.end();
  expect([...open]).toEqual([]);
  const { files, end } = await openFiles(node, found);
  (await files.next()).value?.file.letGo();
  await files.next();
  expect([...open]).toEqual(["b"]);
  end();
  expect([...open]).toEqual([]);
});

test("one that comes when the answer has stopped is let go of, and none is opened after it", async () => {
  const { open, hold, node } = reading();
  const { files, end } = await openFiles(node, found);
  (await files.next()).value?.file.letGo();
  const come = hold();
  const next = files.next();
  end();
  come();
  expect(await next).toEqual({ done: true, value: undefined });
  expect([...open]).toEqual([]);
});
