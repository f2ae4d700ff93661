import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { member, scratchNode } from "../scratch/scratch-node.ts";

describe("a member", () => {
  test("is registered with a key that only the person has, and with roles", async () => {
    const scratch = scratchNode();
    const node = await scratch.open();
    const path = join(scratch.folder, "anna.key");
    const added = await node.operations.members.add(
      { name: "Anna Berg", roles: ["data-steward", "administrator"] },
      { path, passphrase: "correct horse" },
    );
    expect(added).toMatchObject({ roles: ["data-steward", "administrator"], retired: false });
    expect(added.keys).toEqual([{ key: expect.stringMatching(/^[0-9a-f]{64}$/), algorithm: "Ed25519", ended: null }]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const file = JSON.parse(readFileSync(path, "utf8")) as Record<string, string>;
    expect(file).toMatchObject({
      format: "fiducial-member-key-v1",
      actor: added.actor,
      organization: node.identity.organization,
      origin: node.identity.origin,
    });
    expect(await node.operations.members.list()).toEqual([added]);
    expect(await node.operations.members.list({ names: true })).toEqual([{ ...added, name: "Anna Berg" }]);
    expect((await node.audit()).ok).toBe(true);
  });

  test("whose registration is refused leaves no key file, and an existing file is not overwritten", async () => {
    const scratch = scratchNode();
    const node = await scratch.open();
    const path = join(scratch.folder, "anna.key");
    writeFileSync(path, "mine");
    const anna = { name: "Anna", roles: [] };
    const adding = node.operations.members.add(anna, { path, passphrase: "" });
    await expect(adding).rejects.toMatchObject({ code: "KEY_FILE_EXISTS" });
    expect(readFileSync(path, "utf8")).toBe("mine");
    const lost = { path: join(scratch.folder, "nowhere", "anna.key"), passphrase: "" };
    await expect(node.operations.members.add(anna, lost)).rejects.toMatchObject({ code: "KEY_FILE_NOT_WRITABLE" });
    expect(await node.operations.members.list()).toEqual([]);
  });

  test("gets and loses roles", async () => {
    const scratch = scratchNode();
    const node = await scratch.open();
    const { members } = node.operations;
    const { actor } = await member(scratch, node, "dora", "auditor");
    expect((await members.grant(actor, "data-steward")).roles).toEqual(["auditor", "data-steward"]);
    expect((await members.withdraw(actor, "auditor")).roles).toEqual(["data-steward"]);
    await expect(members.withdraw(actor, "auditor")).rejects.toMatchObject({ code: "ROLE_NOT_HELD" });
    await expect(members.grant(node.identity.gateway, "auditor")).rejects.toMatchObject({ code: "MEMBER_UNKNOWN" });
  });

  test("rotates a key in place; the old one signs no more", async () => {
    const scratch = scratchNode();
    const node = await scratch.open();
    const { members } = node.operations;
    const before = await member(scratch, node, "dora", "data-steward");
    const keyFile = { path: join(scratch.folder, "dora.key"), passphrase: "" };
    const rotated = await members.rotate(keyFile);
    expect(rotated.keys.map(({ ended }) => ended)).toEqual(["superseded", null]);
    const after = await members.key(keyFile);
    expect(after.secret.publicKey).not.toEqual(before.secret.publicKey);
    const hold = { studies: ["00".repeat(16)], reason: "legal" as const };
    await expect(node.operations.placeHold(hold, [before])).rejects.toMatchObject({ code: "KEY_REVOKED" });
    await expect(node.operations.placeHold(hold, [after])).rejects.toMatchObject({ code: "STUDY_UNKNOWN" });
  });

  test("who leaves, or whose key is in other hands, signs no more", async () => {
    const scratch = scratchNode();
    const node = await scratch.open();
    const { members } = node.operations;
    const [dora, dan] = [await member(scratch, node, "dora", "data-steward"), await member(scratch, node, "dan")];
    expect(await members.revoke(dora.actor, { reason: "ceased" }, true)).toMatchObject({
      retired: true,
      keys: [{ ended: "ceased" }],
    });
    const compromised = { reason: "compromised", since: "2026-01-01T00:00:00.000Z" } as const;
    expect((await members.revoke(dan.actor, compromised)).keys[0]?.ended).toBe("compromised");
    expect((await node.audit()).ok).toBe(true);
  });

  test("who lost the key gets another one from the organization and an administrator", async () => {
    const scratch = scratchNode();
    const node = await scratch.open();
    const { members } = node.operations;
    const [dora, anna] = [
      await member(scratch, node, "dora", "data-steward"),
      await member(scratch, node, "anna", "administrator"),
    ];
    const keyFile = { path: join(scratch.folder, "dora-2.key"), passphrase: "" };
    await expect(members.recover(dora.actor, keyFile, [dora])).rejects.toMatchObject({ code: "SELF_APPROVAL" });
    expect(existsSync(keyFile.path)).toBe(false);
    const recovered = await members.recover(dora.actor, keyFile, [anna]);
    expect(recovered.keys.map(({ ended }) => ended)).toEqual(["lost", null]);
  });
});

describe("a key file", () => {
  test("opens with its passphrase only, and only for its owner", async () => {
    const scratch = scratchNode();
    const node = await scratch.open();
    const { members } = node.operations;
    const path = join(scratch.folder, "anna.key");
    const { actor } = await members.add({ name: "Anna", roles: [] }, { path, passphrase: "åäö" });
    const open = (passphrase: string) => members.key({ path, passphrase });
    expect(await open("åäö".normalize("NFD"))).toMatchObject({ actor });
    await expect(open("")).rejects.toMatchObject({ code: "PASSPHRASE_NEEDED" });
    await expect(open("wrong")).rejects.toMatchObject({ code: "PASSPHRASE_WRONG" });
    chmodSync(path, 0o640);
    await expect(open("åäö")).rejects.toMatchObject({ code: "KEY_FILE_PERMISSIONS" });
    await expect(members.key({ path: `${path}.none`, passphrase: "" })).rejects.toMatchObject({
      code: "KEY_FILE_MISSING",
    });
  });

  test("that is no key file, was changed, or is another organization's is refused", async () => {
    const scratch = scratchNode();
    const node = await scratch.open();
    const { members } = node.operations;
    const keyFile = { path: join(scratch.folder, "dan.key"), passphrase: "" };
    await member(scratch, node, "dan");
    const text = readFileSync(keyFile.path, "utf8");
    const file = JSON.parse(text) as Record<string, unknown>;
    const other = { ...file, organization: "00".repeat(16) };
    for (const [damaged, code] of [
      ["", "KEY_FILE_MALFORMED"],
      ["{}", "KEY_FILE_MALFORMED"],
      [text.slice(1), "KEY_FILE_MALFORMED"],
      [JSON.stringify({ ...file, publicKey: Buffer.alloc(32).toString("base64") }), "KEY_FILE_MALFORMED"],
      [JSON.stringify({ ...file, protection: {} }), "KEY_FILE_MALFORMED"],
      [JSON.stringify({ ...file, more: 1 }), "KEY_FILE_MALFORMED"],
      [JSON.stringify(other), "KEY_FILE_FOREIGN"],
    ] as const) {
      writeFileSync(keyFile.path, damaged);
      await expect(members.key(keyFile), damaged).rejects.toMatchObject({ code });
    }
  });

  test("of a protected secret cannot be moved to another member", async () => {
    const scratch = scratchNode();
    const node = await scratch.open();
    const { members } = node.operations;
    const keyFile = { path: join(scratch.folder, "anna.key"), passphrase: "secret" };
    await members.add({ name: "Anna", roles: [] }, keyFile);
    const file = JSON.parse(readFileSync(keyFile.path, "utf8")) as Record<string, unknown>;
    writeFileSync(keyFile.path, JSON.stringify({ ...file, actor: "11".repeat(16) }));
    await expect(members.key(keyFile)).rejects.toMatchObject({ code: "PASSPHRASE_WRONG" });
  });
});

test("a device that no image could be told to come from is not registered, and none twice", async () => {
  const node = await scratchNode().open();
  const { devices } = node.operations;
  const whole = { name: "CT 2", manufacturer: "Maker", model: "M1", serial: "77" };
  for (const part of ["manufacturer", "model", "serial"] as const) {
    await expect(devices.add({ ...whole, [part]: " " })).rejects.toMatchObject({ code: "DEVICE_INCOMPLETE" });
    const { [part]: _, ...rest } = whole;
    await expect(devices.add(rest as typeof whole)).rejects.toMatchObject({ code: "DEVICE_INCOMPLETE" });
  }
  expect(await devices.list()).toEqual([]);
  await devices.add(whole);
  await expect(devices.add({ ...whole, name: "CT 3" })).rejects.toMatchObject({ code: "DEVICE_KNOWN" });
  await devices.add({ ...whole, serial: "78" });
  expect(await devices.list()).toHaveLength(2);
});

test("images are told to be a device's by manufacturer, model and serial number together, spaces around them apart", async () => {
  const scratch = scratchNode();
  const node = await scratch.open();
  const actor = await node.operations.devices.add({ name: "CT 2", manufacturer: "Maker ", model: " M1", serial: "77" });
  const own = { Manufacturer: "Maker", ManufacturerModelName: "M1", DeviceSerialNumber: "77" };
  const devicesOf = async (attributes: Readonly<Record<string, string>>) => {
    const { studies } = await node.ingest([
      scratch.file(`${JSON.stringify(attributes).length}.dcm`, {
        attributes: { ...attributes, StudyInstanceUID: `2.25.${uid++}`, SOPInstanceUID: `2.25.${uid++}` },
      }),
    ]);
    await node.projector.caughtUp(node.store.head().edge.size);
    return [node.projection.imaging.study(studies[0]?.study ?? "")?.device ?? null, studies[0]?.findings];
  };
  let uid = 77_000;
  expect(await devicesOf(own)).toEqual([actor, []]);
  for (const part of Object.keys(own)) {
    expect(await devicesOf({ ...own, [part]: "other" })).toEqual([null, ["DEVICE_NOT_NAMED"]]);
    expect(await devicesOf({ ...own, [part]: "" })).toEqual([null, ["DEVICE_NOT_NAMED"]]);
  }
});

test("devices are registered and listed with what is known of them", async () => {
  const node = await scratchNode().open();
  const { devices } = node.operations;
  const actor = await devices.add({ name: "CT 2", manufacturer: "Maker", model: "M1", serial: "77", station: "CT2" });
  expect(await devices.list()).toEqual([
    {
      actor,
      index: 3,
      retired: false,
      name: "CT 2",
      manufacturer: "Maker",
      model: "M1",
      serial: "77",
      station: "CT2",
    },
  ]);
});
