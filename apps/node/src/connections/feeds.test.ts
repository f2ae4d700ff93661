// Feeds of a node, started and closed together.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { smallObject } from "@fiducial/dicom/phantom";
import { expect, test } from "vitest";
import { falseOrthanc } from "../scratch/false-orthanc.ts";
import { attributesOf, openScratchInbox, registeredOf, settled, uidsOf } from "../scratch/scratch-inbox.ts";
import { soon } from "../scratch/scratch-server.ts";
import { startFeeds } from "./feeds.ts";

const bytesOf = (study: string, object: string) =>
  smallObject({ seed: object, attributes: attributesOf(study, object) });

test("the same object in a folder and in an Orthanc is registered once", async () => {
  const inbox = await openScratchInbox();
  const { node, scratch } = inbox;
  const path = join(scratch.folder, "in");
  mkdirSync(path);
  for (const object of ["1", "2"]) writeFileSync(join(path, object), bytesOf("1", object));
  const orthanc = await falseOrthanc();
  for (const object of ["2", "3"]) orthanc.add(`b${object}`, bytesOf("1", object));
  const feeds = startFeeds(node, {
    folders: [{ id: "folder:in", path, afterwards: "keep", pollMs: 10 }],
    orthancs: [{ id: "orthanc:a", url: orthanc.url, pollMs: 10 }],
  });
  await soon(() => expect(node.connections.list().map(({ received }) => received)).toEqual([2, 2]));
  await feeds.close();
  await settled(inbox);
  expect(registeredOf(inbox, "1")).toEqual(uidsOf("1", "1", "2", "3"));
});

test("feeds that cannot all be started do not run", async () => {
  const { node } = await openScratchInbox();
  const orthanc = await falseOrthanc();
  const good = { id: "orthanc:a", url: orthanc.url, pollMs: 10 };
  expect(() => startFeeds(node, { orthancs: [good, { ...good, id: "orthanc:b", url: "ftp://b" }] })).toThrow(
    expect.objectContaining({ code: "FEED_ADDRESS_REFUSED" }),
  );
  await soon(() => expect(node.connections.list()).toHaveLength(1));
});
