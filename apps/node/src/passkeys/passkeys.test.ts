// Passkeys from end to end: registered on the ledger, signing in, signing acts; and everything that is refused on the way.
import { derToLowS, nobleBackend, parseReceipt, parseTrustPolicy, rawToDer, verifyReceipt } from "@fiducial/core";
import { describe, expect, test } from "vitest";
import { type Lie, makePasskey } from "../scratch/authenticator.ts";
import { browser } from "../scratch/browser.ts";
import { entryOf, hospital, pageOf, signed, signInWith } from "../scratch/passkey-visitor.ts";
import { refusal } from "../scratch/scratch-server.ts";

const curves = ["Ed25519", "P-256"] as const;

describe.each(curves)("a passkey of %s", (curve) => {
  test("is registered by the organization and signs for itself, signs in, and signs an act whose receipt verifies", async () => {
    const { url, as, node } = await hospital();
    const [anna, tess] = [await as("administrator"), await as("technologist")];
    expect(await anna.client.passkeys()).toEqual({ passkeys: [], offered: true, addable: true });
    const passkey = await anna.add(curve);
    const [held] = (await anna.client.passkeys()).passkeys;
    expect(held?.algorithm).toBe(`WebAuthn-${curve}`);
    const registration = await entryOf(anna.client, held?.index ?? -1);
    expect(registration?.kind).toBe("identity.key.registered");
    expect(registration?.signers.map(({ type, passkey: by }) => [type, by])).toEqual([
      ["organization", undefined],
      ["person", true],
    ]);

    const page = pageOf(url);
    expect(await signInWith(page, passkey)).toBe(anna.actor);
    expect(await page.session()).toMatchObject({ caller: "person", actor: anna.actor, roles: ["administrator"] });

    const draft = await page.draft({ act: { kind: "identity.role.granted", actor: tess.actor, role: "educator" } });
    const stated = await signed(page, draft, [passkey]);
    expect(stated.statementId).toBe(draft.statementId);
    const entry = await entryOf(page, stated.index);
    expect(entry?.signers).toMatchObject([{ actor: anna.actor, type: "person", passkey: true, capacity: "self" }]);
    await node.publication.covering(node.store.head().edge.size);
    const receipt = parseReceipt(await page.receipt(stated.index));
    const verified = verifyReceipt(receipt, parseTrustPolicy(await page.policy()), nobleBackend);
    expect(verified).toMatchObject({ ok: true, index: stated.index });
  });

  test("signs nothing when a part of what it answers is another's", async () => {
    const { url, as, node } = await hospital();
    const [anna, tess] = [await as("administrator"), await as("technologist")];
    const [passkey, foreign] = [await anna.add(curve), await tess.add(curve)];
    const { size } = await anna.client.entries({ limit: 1 });
    const act = { kind: "identity.role.granted", actor: tess.actor, role: "educator" } as const;
    for (const [what, lie] of assertionLies(passkey.answers({ challenge: "" }).rawId)) {
      const told = await refusal(signed(anna.client, await anna.client.draft({ act }), [passkey], lie));
      expect([what, told]).toEqual([what, "PASSKEY_REFUSED"]);
    }
    const told = await refusal(signed(anna.client, await anna.client.draft({ act }), [foreign]));
    expect(told).toBe("PASSKEY_REFUSED");
    expect(await refusal(signed(tess.client, await anna.client.draft({ act }), [passkey]))).toBe("DRAFT_UNKNOWN");
    expect((await anna.client.entries({ limit: 1 })).size).toBe(size);
    expect(node.operations.people.rolesOf(tess.actor)).toEqual(["technologist"]);
    expect(new URL(url).hostname).toBe("localhost");
  });

  test("lets nobody in when a part of what it answers is another's, and tells no more than that", async () => {
    const { url, as } = await hospital();
    const anna = await as("administrator");
    const passkey = await anna.add(curve);
    for (const [what, lie] of assertionLies(passkey.id)) {
      const page = pageOf(url);
      expect([what, await refusal(signInWith(page, passkey, lie))]).toEqual([what, "PASSKEY_REFUSED"]);
      expect((await page.session()).caller).toBe("anonymous");
    }
    const stranger = makePasskey(await (await as("auditor")).client.createPasskey(), url, curve);
    const unknown = Buffer.alloc(32).toString("base64url");
    const others: readonly Lie[] = [
      {},
      { userHandle: undefined },
      { userHandle: handleOf(anna.actor) },
      { id: unknown },
    ];
    for (const lie of others) expect(await refusal(signInWith(pageOf(url), stranger, lie))).toBe("PASSKEY_REFUSED");
    expect(await refusal(signInWith(pageOf(url), passkey, { userHandle: handleOf("0".repeat(32)) }))).toBe(
      "PASSKEY_REFUSED",
    );
    expect(await signInWith(pageOf(url), passkey)).toBe(anna.actor);
  });

  test("is not taken when a part of its making is another's", async () => {
    const { url, as } = await hospital();
    const anna = await as("administrator");
    const { size } = await anna.client.entries({ limit: 1 });
    const lies: readonly Lie[] = [
      { type: "webauthn.get" },
      { challenge: Buffer.alloc(32).toString("base64url") },
      { origin: "https://evil.example" },
      { rpId: "evil.example" },
      { flags: 0x44 },
      { flags: 0x41 },
      { fmt: "packed" },
      { alg: -257 },
      { alg: curve === "Ed25519" ? -7 : -8 },
      { id: Buffer.alloc(32).toString("base64url") },
    ];
    for (const lie of lies) {
      const made = makePasskey(await anna.client.createPasskey(), url, curve, lie);
      expect([lie, await refusal(anna.client.addPasskey(made.created))]).toEqual([lie, "PASSKEY_REFUSED"]);
    }
    expect((await anna.client.entries({ limit: 1 })).size).toBe(size);
    expect((await anna.client.passkeys()).passkeys).toEqual([]);
  });
});

test("a P-256 signature with a high s is turned into the low one that the ledger takes; raw, it is none", async () => {
  const { as } = await hospital();
  const [anna, tess] = [await as("administrator"), await as("technologist")];
  const passkey = await anna.add("P-256");
  const draft = () =>
    anna.client.draft({ act: { kind: "identity.role.granted", actor: tess.actor, role: "educator" } });
  const raw = (signature: Buffer) => Buffer.from(derToLowS(signature) ?? []);
  expect(await refusal(signed(anna.client, await draft(), [passkey], { signature: raw }))).toBe("PASSKEY_REFUSED");
  const { index } = await signed(anna.client, await draft(), [passkey], { signature: withHighS });
  const { raw: entry } = await anna.client.entry(index);
  const { sig } = (JSON.parse(entry) as { statement: { signatures: { sig: string }[] } }).statement.signatures[0] ?? {};
  const s = BigInt(
    `0x${Buffer.from(sig ?? "", "base64")
      .subarray(32)
      .toString("hex")}`,
  );
  expect(s <= order / 2n).toBe(true);
});

test("a challenge and a draft are good once, for five minutes, and where they were asked for", async () => {
  const { url, as, clock } = await hospital();
  const [anna, tess] = [await as("administrator"), await as("technologist")];
  const passkey = await anna.add();
  const visitor = browser();
  const page = pageOf(url, visitor);
  const answer = passkey.answers(await page.askPasskey());
  expect(await refusal(pageOf(url).signInWithPasskey(answer))).toBe("PASSKEY_CHALLENGE_LOST");
  const cookies = [...visitor.cookies];
  await page.signInWithPasskey(answer);
  expect(await refusal(page.signInWithPasskey(answer))).toBe("PASSKEY_CHALLENGE_LOST");
  // Whoever kept the cookie, and sends both again, is no better off.
  const replaying = browser();
  for (const [name, value] of cookies) replaying.cookies.set(name, value);
  expect(await refusal(pageOf(url, replaying).signInWithPasskey(answer))).toBe("PASSKEY_CHALLENGE_LOST");
  const again = passkey.answers(await page.askPasskey());
  const made = makePasskey(await tess.client.createPasskey(), url);
  const draft = await anna.client.draft({
    act: { kind: "identity.role.granted", actor: tess.actor, role: "educator" },
  });
  clock.now += 300_000;
  expect(await refusal(page.signInWithPasskey(again))).toBe("PASSKEY_CHALLENGE_LOST");
  expect(await refusal(tess.client.addPasskey(made.created))).toBe("PASSKEY_CHALLENGE_LOST");
  expect(await refusal(signed(anna.client, draft, [passkey]))).toBe("DRAFT_UNKNOWN");
  const fresh = await anna.client.draft({
    act: { kind: "identity.role.granted", actor: tess.actor, role: "educator" },
  });
  await signed(anna.client, fresh, [passkey]);
  expect(await refusal(signed(anna.client, fresh, [passkey]))).toBe("DRAFT_UNKNOWN");
});

test("a counter that does not grow means that there are two of a passkey", async () => {
  const { url, as } = await hospital();
  const anna = await as("administrator");
  const passkey = await anna.add();
  await signInWith(pageOf(url), passkey, { counter: 9 });
  for (const counter of [9, 3, 0])
    expect(await refusal(signInWith(pageOf(url), passkey, { counter }))).toBe("PASSKEY_REFUSED");
  await signInWith(pageOf(url), passkey, { counter: 10 });
});

test("another id in browsers, which no signature covers, leads past no counter, and no counter back", async () => {
  const { url, as } = await hospital();
  const [anna, tess] = [await as("administrator"), await as("technologist")];
  const [passkey, others] = [await anna.add(), await tess.add()];
  await signInWith(pageOf(url), passkey, { counter: 100 });
  for (const id of [nameOf("invented"), others.id])
    for (const counter of [50, 101])
      expect(await refusal(signInWith(pageOf(url), passkey, { counter, id }))).toBe("PASSKEY_REFUSED");
  expect(await refusal(signInWith(pageOf(url), passkey, { counter: 100 }))).toBe("PASSKEY_REFUSED");
  expect(await signInWith(pageOf(url), passkey, { counter: 101 })).toBe(anna.actor);
  const { signings } = await anna.client.draft({
    act: { kind: "identity.role.granted", actor: tess.actor, role: "educator" },
  });
  expect(signings[0]?.request.allowCredentials.map(({ id }) => id)).toEqual([passkey.id]);
});

test("a passkey that is registered under an id which became another's meanwhile is refused, and the other stays", async () => {
  const { url, as } = await hospital();
  const [anna, tess] = [await as("administrator"), await as("technologist")];
  const id = nameOf("the same for both");
  const made = async ({ client }: typeof anna) => {
    const passkey = makePasskey(await client.createPasskey(), url, "Ed25519", { credential: id });
    return { passkey, draft: await client.addPasskey(passkey.created) };
  };
  const [first, second] = [await made(anna), await made(tess)];
  await signed(anna.client, first.draft, [first.passkey]);
  expect(await refusal(signed(tess.client, second.draft, [second.passkey]))).toBe("PASSKEY_REFUSED");
  expect(await signInWith(pageOf(url), first.passkey)).toBe(anna.actor);
});

test("who came in with a passkey, and that somebody did not, is told to the audit trail", async () => {
  const { url, as, told } = await hospital();
  const anna = await as("administrator");
  const passkey = await anna.add();
  told.length = 0;
  await signInWith(pageOf(url), passkey);
  await refusal(signInWith(pageOf(url), passkey, { origin: "http://localhost:1" }));
  expect(told).toMatchObject([
    { event: "SIGNED_IN", actor: { type: "person", handle: anna.actor } },
    { event: "SIGNED_IN", outcome: "refused", code: "PASSKEY_REFUSED", actor: { type: "anonymous" } },
  ]);
});

test("a page of another site neither begins nor ends the way in", async () => {
  const { url } = await hospital();
  const headers = { "sec-fetch-site": "cross-site", "content-type": "application/json" };
  for (const path of ["/api/v1/session/passkey/challenge", "/api/v1/session/passkey"]) {
    const body = JSON.stringify({
      id: "AA",
      rawId: "AA",
      type: "public-key",
      response: { authenticatorData: "AA", clientDataJSON: "AA", signature: "AA" },
    });
    const answer = await fetch(url + path, { method: "POST", headers, body: path.endsWith("challenge") ? "{}" : body });
    expect(((await answer.json()) as { code: string }).code).toBe("ORIGIN_FOREIGN");
  }
});

test("tries from one address are so many in a minute", async () => {
  const { url } = await hospital(3);
  const told: unknown[] = [];
  for (let time = 0; time < 5; time++) told.push(await refusal(pageOf(url).askPasskey()));
  expect(told).toEqual(["answered", "answered", "answered", "TOO_MANY_REQUESTS", "TOO_MANY_REQUESTS"]);
});

const order = BigInt("0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");

function assertionLies(id: string): readonly (readonly [string, Lie])[] {
  return [
    ["type", { type: "webauthn.create" }],
    ["challenge", { challenge: Buffer.alloc(32, 1).toString("base64url") }],
    ["origin", { origin: "http://localhost:1" }],
    ["cross-origin", { crossOrigin: true }],
    ["relying party", { rpId: "evil.example" }],
    ["nobody present", { flags: 0x04 }],
    ["nobody verified", { flags: 0x01 }],
    [
      "signature",
      { id, signature: (signature) => Buffer.from(signature.map((byte, at) => (at === 20 ? byte ^ 1 : byte))) },
    ],
    ["no signature", { signature: () => Buffer.alloc(64) }],
  ];
}

function nameOf(text: string): string {
  return Buffer.from(text).toString("base64url");
}

function handleOf(actor: string): string {
  return Buffer.from(actor, "hex").toString("base64url");
}

// Whichever s the signature had, the other one of the two.
function withHighS(der: Buffer): Buffer {
  const low = derToLowS(der) ?? new Uint8Array(64);
  const s = order - BigInt(`0x${Buffer.from(low.subarray(32)).toString("hex")}`);
  const high = Buffer.concat([low.subarray(0, 32), Buffer.from(s.toString(16).padStart(64, "0"), "hex")]);
  return Buffer.from(rawToDer(high));
}
