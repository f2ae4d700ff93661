// Objects of the marks, when the marks themselves fail: nothing ends, and nothing is passed over.
import { expect, test, vi } from "vitest";
import { soon } from "../scratch/scratch-server.ts";
import type { SaltedObject } from "./fingerprint-work.ts";
import type { Mark } from "./inbox-marks.ts";
import { type GatheringRooms, markedObjects } from "./marked-objects.ts";

const markOf = (id: number): Mark => ({ id, digest: String(id), connection: "stow", receivedMs: 0 });
const object = {} as SaltedObject;

function rooms(given: Partial<GatheringRooms> = {}) {
  const [all, added, unread] = [[1, 2, 3].map(markOf), [] as number[], [] as number[]];
  const settling = {
    add: (_: SaltedObject, { id }: Mark) => void added.push(id),
    addUnread: ({ id }: Mark) => void unread.push(id),
    objects: () => added.length,
    isHeldUp: () => false,
  };
  const from = vi.fn((id: number, most: number) => all.filter((mark) => mark.id >= id).slice(0, most));
  const usual = {
    marks: { from },
    settling,
    mostGathered: 10,
    atOnce: 2,
    read: async () => object,
    gone: async () => {},
  };
  return { all, added, unread, from, marked: markedObjects({ ...usual, ...given }) };
}

test("each is gathered once, in order, those of before and those that come", async () => {
  const { all, added, marked } = rooms();
  marked.gatherMore();
  all.push(markOf(4));
  marked.gather(object, markOf(4));
  await soon(() => expect(added).toEqual([1, 2, 3, 4]));
  all.push(markOf(5));
  marked.gather(object, markOf(5));
  expect(added).toEqual([1, 2, 3, 4, 5]);
  await marked.close();
});

test("marks that cannot be read now are read when the next object comes", async () => {
  const { all, added, from, marked } = rooms();
  from.mockImplementationOnce(() => {
    throw new Error("the disk");
  });
  marked.gatherMore();
  await new Promise(setImmediate);
  expect(added).toEqual([]);
  all.push(markOf(4));
  marked.gather(object, markOf(4));
  await soon(() => expect(added).toEqual([1, 2, 3, 4]));
});

test("an object that has gone, and whose mark cannot be taken away, is looked for again", async () => {
  const { unread, marked } = rooms({
    read: async () => undefined,
    gone: async () => {
      throw new Error("the disk");
    },
  });
  marked.gatherMore();
  await soon(() => expect(unread).toEqual([1, 2, 3]));
});

test("no more are gathered than there is room for", async () => {
  const { added, marked } = rooms({ mostGathered: 2 });
  marked.gatherMore();
  await soon(() => expect(added).toEqual([1, 2]));
  marked.gather(object, markOf(4));
  await new Promise(setImmediate);
  expect(added).toEqual([1, 2]);
});
