// access.db was lost, or is of an earlier version: whose passkey it is the ledger says, and an id that somebody claims takes nothing from anybody.
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { makePasskey } from "../scratch/authenticator.ts";
import { entryOf, hospital, pageOf, signed, signInWith } from "../scratch/passkey-visitor.ts";
import { type ScratchNode, scratchNode } from "../scratch/scratch-node.ts";
import { refusal } from "../scratch/scratch-server.ts";
import { openAccessDatabase } from "../sign-in/access-database.ts";
import { passkeyRecordsIn } from "./passkey-records.ts";

async function twoPeople() {
  const scene = await hospital();
  const [anna, tess] = [await scene.as("administrator"), await scene.as("technologist")];
  return { ...scene, anna, tess, hers: await anna.add(), others: await tess.add() };
}

function loseRecords({ data }: ScratchNode): void {
  const database = new DatabaseSync(join(data, "access.db"));
  database.exec("DELETE FROM passkey");
  database.close();
}

test("what was lost of a passkey is learned when it signs in, its counter too", async () => {
  const { url, scratch, anna, hers } = await twoPeople();
  loseRecords(scratch);
  expect(await signInWith(pageOf(url), hers, { counter: 7 })).toBe(anna.actor);
  for (const counter of [7, 3])
    expect(await refusal(signInWith(pageOf(url), hers, { counter }))).toBe("PASSKEY_REFUSED");
  expect(await signInWith(pageOf(url), hers, { counter: 8 })).toBe(anna.actor);
});

test("whoever claims another's id first keeps nobody out, is nobody else by it, and is held to it", async () => {
  const { url, scratch, anna, tess, hers, others } = await twoPeople();
  loseRecords(scratch);
  expect(await signInWith(pageOf(url), others, { id: hers.id })).toBe(tess.actor);
  expect(await signInWith(pageOf(url), hers, { counter: 7 })).toBe(anna.actor);
  // By the id alone, which both have come with, each is who signed.
  expect(await signInWith(pageOf(url), hers, { userHandle: undefined, counter: 8 })).toBe(anna.actor);
  expect(await signInWith(pageOf(url), others, { userHandle: undefined, id: hers.id })).toBe(tess.actor);
  expect(await refusal(signInWith(pageOf(url), hers, { counter: 8 }))).toBe("PASSKEY_REFUSED");
  expect(await refusal(signInWith(pageOf(url), others))).toBe("PASSKEY_REFUSED");
  const act = { kind: "identity.role.granted", actor: tess.actor, role: "educator" } as const;
  const stated = await signed(anna.client, await anna.client.draft({ act }), [hers], { counter: 9 });
  expect((await entryOf(anna.client, stated.index))?.signers).toMatchObject([{ actor: anna.actor, passkey: true }]);
});

test("whoever registers a passkey under another's id keeps nobody out", async () => {
  const { url, scratch, anna, tess, hers, others } = await twoPeople();
  loseRecords(scratch);
  const made = makePasskey(await tess.client.createPasskey(), url, "Ed25519", { credential: hers.id });
  await signed(tess.client, await tess.client.addPasskey(made.created), [made, others]);
  expect(await signInWith(pageOf(url), hers)).toBe(anna.actor);
  expect(await signInWith(pageOf(url), made)).toBe(tess.actor);
});

test("the claim of an id that is remembered of somebody changes nothing for them", async () => {
  const { url, scratch, anna, tess, hers, others } = await twoPeople();
  loseRecords(scratch);
  expect(await signInWith(pageOf(url), hers, { counter: 7 })).toBe(anna.actor);
  expect(await signInWith(pageOf(url), others, { id: hers.id, counter: 3 })).toBe(tess.actor);
  expect(await refusal(signInWith(pageOf(url), hers, { counter: 7 }))).toBe("PASSKEY_REFUSED");
  expect(await signInWith(pageOf(url), hers, { counter: 8 })).toBe(anna.actor);
  const made = makePasskey(await tess.client.createPasskey(), url, "Ed25519", { credential: hers.id });
  expect(await refusal(tess.client.addPasskey(made.created))).toBe("PASSKEY_REFUSED");
});

test("a file of an earlier version keeps its counters", () => {
  const { folder: path } = scratchNode();
  openAccessDatabase({ path }).close();
  const before = new DatabaseSync(join(path, "access.db"));
  before.exec(`DROP TABLE passkey;
    CREATE TABLE passkey (credential BLOB PRIMARY KEY, key TEXT NOT NULL UNIQUE, transports TEXT NOT NULL, counter INTEGER NOT NULL, usedAt INTEGER NOT NULL) STRICT;
    INSERT INTO passkey VALUES (x'0102', 'k', 'usb,nfc', 41, 5)`);
  before.close();
  for (let opened = 0; opened < 2; opened++) {
    const database = openAccessDatabase({ path });
    const records = passkeyRecordsIn(database, () => 6);
    const known = { credential: "AQI", key: "k", transports: ["usb", "nfc"], counter: 41, usedAt: 5 };
    expect(records.byKey("k")).toEqual(known);
    expect(records.byCredential("AQI")).toEqual([known]);
    database.close();
  }
});
