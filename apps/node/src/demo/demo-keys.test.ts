// The people of a demonstration who sign with keys that the node holds can add a passkey, and only they.
import { rmSync } from "node:fs";
import { expect, test } from "vitest";
import { makePasskey } from "../scratch/authenticator.ts";
import { entryOf, hospital, pageOf, signInWith } from "../scratch/passkey-visitor.ts";
import { refusal } from "../scratch/scratch-server.ts";
import { castOf } from "./cast.ts";
import { keysOfPeople } from "./demo-keys.ts";

test("a first passkey is signed by the key that the node holds as well, and by nobody's else", async () => {
  const { url, as, node } = await hospital();
  const cast = castOf(node);
  for (const role of ["radiologist", "auditor"] as const) await cast.giveKey(role);
  const ravi = await as("radiologist");
  expect(ravi.actor).toBe(await cast.join("radiologist"));
  expect(await ravi.client.passkeys()).toMatchObject({ passkeys: [], addable: true });
  const passkey = await ravi.add();
  const [held] = (await ravi.client.passkeys()).passkeys;
  const signers = (await entryOf(ravi.client, held?.index ?? -1))?.signers;
  expect(signers?.map(({ actor, passkey: by }) => [actor, by])).toEqual([
    [node.identity.organization, undefined],
    [ravi.actor, undefined],
    [ravi.actor, true],
  ]);
  expect(await signInWith(pageOf(url), passkey)).toBe(ravi.actor);

  const audra = await as("auditor");
  rmSync(keysOfPeople(node), { recursive: true });
  expect(await audra.client.passkeys()).toMatchObject({ passkeys: [], addable: false });
  const made = makePasskey(await audra.client.createPasskey(), url);
  expect(await refusal(audra.client.addPasskey(made.created))).toBe("HOLDER_DOES_NOT_SIGN");
});

test("a key that has ended signs for nobody", async () => {
  const { url, as, node } = await hospital();
  const cast = castOf(node);
  await cast.giveKey("radiologist");
  const ravi = await as("radiologist");
  const [{ key } = { key: "" }] = (await ravi.client.actor(ravi.actor)).keys;
  await node.operations.drafts.revoke({ actor: ravi.actor, key }, "ceased");
  expect(await ravi.client.passkeys()).toMatchObject({ addable: false });
  const made = makePasskey(await ravi.client.createPasskey(), url);
  expect(await refusal(ravi.client.addPasskey(made.created))).toBe("HOLDER_DOES_NOT_SIGN");
});
