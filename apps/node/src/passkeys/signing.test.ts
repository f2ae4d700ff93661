// Whose passkeys the ledger has, and what it lets them sign: further ones, ended ones, those of people who are members no more.
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Draft } from "@fiducial/api";
import { expect, test } from "vitest";
import { makePasskey } from "../scratch/authenticator.ts";
import { entryOf, hospital, pageOf, signed, signInWith } from "../scratch/passkey-visitor.ts";
import { refusal } from "../scratch/scratch-server.ts";

test("a further passkey needs one that the person has; an ended one lets nobody in and signs nothing", async () => {
  const { url, as } = await hospital();
  const [anna, tess] = [await as("administrator"), await as("technologist")];
  const first = await anna.add();
  const made = makePasskey(await anna.client.createPasskey(), url, "P-256");
  const alone = await anna.client.addPasskey(made.created);
  expect(alone.signings).toHaveLength(2);
  expect(await refusal(signed(anna.client, alone, [made]))).toBe("PASSKEY_REFUSED");
  const second = await anna.add("P-256", first);
  const { passkeys } = await anna.client.passkeys();
  expect(passkeys).toHaveLength(2);
  const ended = passkeys[0]?.key ?? "";
  const draft = await anna.client.draft({
    act: { kind: "identity.role.granted", actor: tess.actor, role: "reader" },
    key: ended,
  });
  expect(await refusal(tess.client.removePasskey(ended, { reason: "lost" }))).toBe("PASSKEY_UNKNOWN");
  await anna.client.removePasskey(ended, { reason: "lost" });
  expect(await refusal(signed(anna.client, draft, [first]))).toBe("KEY_REVOKED");
  expect(await refusal(signInWith(pageOf(url), first))).toBe("PASSKEY_REFUSED");
  expect(await refusal(anna.client.removePasskey(ended, { reason: "lost" }))).toBe("PASSKEY_UNKNOWN");
  expect(await signInWith(pageOf(url), second)).toBe(anna.actor);
  await anna.client.removePasskey(passkeys[1]?.key ?? "", { reason: "ceased" });
  expect(await anna.client.passkeys()).toEqual({ passkeys: [], offered: true, addable: false });
  const third = makePasskey(await anna.client.createPasskey(), url);
  expect(await refusal(anna.client.addPasskey(third.created))).toBe("HOLDER_DOES_NOT_SIGN");
});

test("somebody who is a member no more comes in with no passkey, and signs nothing", async () => {
  const { url, as, node } = await hospital();
  const anna = await as("administrator");
  const tess = await as("technologist");
  const passkey = await anna.add();
  const draft = await anna.client.draft({ act: { kind: "identity.role.granted", actor: tess.actor, role: "reader" } });
  await node.operations.state(
    { kind: "identity.actor.retired", open: { actor: anna.actor, reason: "ceased" }, sealed: {} },
    { as: [], counterSigners: [] },
  );
  expect(await refusal(signInWith(pageOf(url), passkey))).toBe("PASSKEY_REFUSED");
  expect(await refusal(signed(anna.client, draft, [passkey]))).toBe("NOT_SIGNED_IN");
  expect(
    await refusal(anna.client.draft({ act: { kind: "identity.role.granted", actor: tess.actor, role: "reader" } })),
  ).toBe("NOT_SIGNED_IN");
});

test("the ledger refuses at once what it would refuse later, whoever drafts it", async () => {
  const { as } = await hospital();
  const [anna, tess] = [await as("administrator"), await as("technologist")];
  const draft = (visitor: typeof anna, role: "educator" | "administrator", actor: string): Promise<Draft> =>
    visitor.client.draft({ act: { kind: "identity.role.granted", actor, role } });
  expect(await refusal(draft(anna, "educator", tess.actor))).toBe("PASSKEY_UNKNOWN");
  await anna.add();
  await tess.add();
  expect(await refusal(draft(tess, "educator", anna.actor))).toBe("ROLE_MISSING");
  expect(await refusal(draft(anna, "administrator", tess.actor))).toBe("ROLE_RESERVED");
  expect(await refusal(draft(anna, "educator", anna.actor))).toBe("SELF_GRANT");
  const study = "0".repeat(32);
  expect(await refusal(anna.client.draft({ act: { kind: "imaging.hold.placed", study, reason: "legal" } }))).toBe(
    "STUDY_UNKNOWN",
  );
  expect(await refusal(anna.client.draft({ act: { kind: "imaging.hold.released", study } }))).toBe("HOLD_UNKNOWN");
  expect(await refusal(tess.client.draft({ act: { kind: "imaging.study.rejected", study, reason: "quality" } }))).toBe(
    "STUDY_UNKNOWN",
  );
});

test("a study is held, let go and rejected; what a hold is about stays in the vault and opens there", async () => {
  const { node, as, scratch } = await hospital();
  await node.ingest([scratch.file("one.dcm")]);
  const [anna, tess] = [await as("administrator"), await as("technologist")];
  const [byAnna, byTess] = [await anna.add("P-256"), await tess.add()];
  const [{ study = "" } = {}] = (await anna.client.studies()).studies;
  const held = { kind: "imaging.hold.placed", study, reason: "legal", matter: "a lawsuit" } as const;
  const placed = await signed(anna.client, await anna.client.draft({ act: held }), [byAnna]);
  const { sealed, study: about } = await anna.client.entry(placed.index);
  expect([about, sealed[0]?.opened?.value]).toEqual([study, "a lawsuit"]);
  const release = await anna.client.draft({ act: { kind: "imaging.hold.released", study } });
  await signed(anna.client, release, [byAnna]);
  const rejection = await tess.client.draft({ act: { kind: "imaging.study.rejected", study, reason: "quality" } });
  const rejected = await signed(tess.client, rejection, [byTess]);
  expect((await entryOf(anna.client, rejected.index))?.open).toMatchObject({
    scope: "study",
    instances: 1,
    reason: "quality",
  });
});

test("a role that an administrator granted outlasts the issuer's; one that is taken ends the person's sessions", async () => {
  const { as } = await hospital();
  const [anna, tess] = [await as("administrator"), await as("technologist")];
  const passkey = await anna.add();
  const say = async (kind: "identity.role.granted" | "identity.role.withdrawn") =>
    signed(anna.client, await anna.client.draft({ act: { kind, actor: tess.actor, role: "educator" } }), [passkey]);
  await say("identity.role.granted");
  expect((await (await as("technologist")).client.session()).roles).toEqual(["technologist", "educator"]);
  await say("identity.role.withdrawn");
  expect((await tess.client.session()).caller).toBe("anonymous");
  expect((await (await as("technologist")).client.session()).roles).toEqual(["technologist"]);
});

test("a passkey that this node has forgotten finds its person by its handle, and is remembered again", async () => {
  const { url, as, node } = await hospital();
  const anna = await as("administrator");
  const passkey = await anna.add();
  const database = new DatabaseSync(join(node.folder.path, "access.db"));
  database.exec("DELETE FROM passkey");
  expect(await refusal(signInWith(pageOf(url), passkey, { userHandle: undefined }))).toBe("PASSKEY_REFUSED");
  expect(await signInWith(pageOf(url), passkey)).toBe(anna.actor);
  expect(await signInWith(pageOf(url), passkey, { userHandle: undefined })).toBe(anna.actor);
  database.close();
});
