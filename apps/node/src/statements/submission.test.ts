// The guards of what others hand in, each with what happens without it; and studies of ended logs.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { erasureExecuted, studyRejected, studyTransferred } from "@fiducial/contract";
import type { Disclosure } from "@fiducial/core";
import { expect, test } from "vitest";
import type { OpenNode, openNode } from "../compose.ts";
import type { MemberKey } from "../operations/key-file.ts";
import { recover } from "../operations/recover.ts";
import { restore } from "../operations/restore.ts";
import { type Mutant, mutatedNode } from "../scratch/mutated-node.ts";
import { ownProgram, type Signed, signedBy } from "../scratch/own-program.ts";
import { berg } from "../scratch/scratch-hospital.ts";
import { type ScratchNode, scratchNode, takeIn } from "../scratch/scratch-node.ts";

const rejected = (study: string) => ({
  open: { study, reason: "quality", scope: "study", instances: 3 } as const,
  sealed: { note: "2.25.4711" },
});
const sent = (study: string) => ({
  open: { study, direction: "sent", purpose: "TREAT", instances: 3, outcome: "completed" } as const,
  sealed: {},
});

interface Scene {
  readonly scratch: ScratchNode;
  readonly node: OpenNode;
  readonly ris: MemberKey;
  readonly study: string;
}

async function scene(open: typeof openNode): Promise<Scene> {
  const scratch = scratchNode(open);
  const node = await scratch.open();
  const study = await takeIn(scratch, node, berg);
  return { scratch, node, study, ris: await ownProgram(scratch, node) };
}

async function taken({ node }: Scene, signed: Signed, disclosures?: Signed["disclosures"]) {
  const [one] = await node.submit([{ envelope: signed.statement.bytes, disclosures }]);
  return one?.status === "accepted" ? "accepted" : one?.code;
}

const false_ = ({ disclosures }: Signed) => ({ note: { ...(disclosures["note"] as Disclosure), value: "another" } });

const guards: readonly (readonly [title: string, mutant: Mutant, harm: (scene: Scene) => Promise<boolean>])[] = [
  [
    "what the node does is said by the node",
    ["statements/submission.ts", "if (isWithheld(one.statement.content.kind))", "if (false)"],
    async (all) => {
      const survivors = { receipts: 0, backups: 0, copies: 0 };
      const subject = all.node.vault.subjectOfStudy(all.study) as string;
      const open = { subject, approval: "0d".repeat(32), survivors };
      return (await taken(all, await signedBy([all.ris], erasureExecuted, { open, sealed: {} }))) === "accepted";
    },
  ],
  [
    "what is kept opens what was committed to",
    ["statements/given-disclosures.ts", "opens(disclosure, commitments[field] as string)", "true"],
    async (all) => {
      const signed = await signedBy([all.ris], studyRejected, rejected(all.study));
      await taken(all, signed, false_(signed));
      return all.node.vault.disclosures(signed.statement.id) !== undefined;
    },
  ],
  [
    "what the ledger refuses is not kept",
    ["statements/submission.ts", "if (!verdict.accepted) refuse(one, verdict.code);\n    else if", "if"],
    async (all) => {
      const signed = await signedBy([all.ris], studyRejected, { ...rejected(all.study), log: "log.example/other" });
      await taken(all, signed, signed.disclosures);
      return all.node.vault.disclosures(signed.statement.id) !== undefined;
    },
  ],
  [
    "strangers fill no table",
    ["statements/submission.ts", " && !isDoubtful(store.state, one.statement)", ""],
    async (all) => {
      const { publicKey } = all.ris.secret;
      const stranger = {
        ...all.ris,
        secret: { ...all.ris.secret, publicKey: { ...publicKey, bytes: new Uint8Array(32) } },
      };
      await taken(all, await signedBy([stranger], studyRejected, rejected(all.study)));
      return all.node.store.refusals(10).length > 0;
    },
  ],
  [
    "what was forgotten does not come back with a repetition",
    ["statements/submission.ts", "seen.has(id) || store.indexOf(id) !== undefined", "seen.has(id)"],
    async (all) => {
      const signed = await signedBy([all.ris], studyTransferred, sent(all.study));
      await taken(all, signed);
      return (
        (await taken(all, signed, signed.disclosures),
        all.node.vault.disclosures(signed.statement.id)?.disclosures["destination"]) !== undefined
      );
    },
  ],
];

test.each(guards)("%s", async (_, mutant, harm) => {
  const { openNode: guarded } = await import("../compose.ts");
  expect(await harm(await scene(guarded))).toBe(false);
  const { openNode: unguarded } = (await import(join(mutatedNode(mutant), "src", "compose.ts"))) as {
    openNode: typeof openNode;
  };
  expect(await harm(await scene(unguarded))).toBe(true);
});

test("a study of an ended log is registered on the one that grows, before anything is said of it, and not for strangers", async () => {
  const { openNode: open } = await import("../compose.ts");
  const { scratch, node, ris, study } = await scene(open);
  const backup = join(scratch.folder, "backup");
  await node.operations.backUp(backup);
  await node.operations.devices.add({ name: "CT 2", manufacturer: "Fiducial Phantoms", model: "M", serial: "7" });
  await node.publication.covering(node.store.head().edge.size);
  await scratch.close();
  rmSync(scratch.data, { recursive: true });
  const folders = { data: scratch.data, keys: scratch.keys };
  await restore(backup, folders);
  recover(folders);
  const again = await scratch.open({ create: false });
  const size = () => again.store.head().edge.size;
  const before = size();
  const { origin } = again.identity;
  const stranger = { ...(await signedBy([{ ...ris, origin }], studyTransferred, sent(study))) };
  expect(await again.submit([{ envelope: stranger.statement.bytes }])).toMatchObject([{ code: "KEY_UNKNOWN" }]);
  expect(size()).toBe(before);
  const known = await ownProgram(scratch, again);
  const signed = await signedBy([known], studyTransferred, sent(study));
  expect(await again.submit([{ envelope: signed.statement.bytes }])).toMatchObject([
    { status: "accepted", findings: [] },
  ]);
});

test("a machine's key is its own: for software that is known, and not for the gateway", async () => {
  const { openNode: open } = await import("../compose.ts");
  const { scratch, node } = await scene(open);
  const { addKey } = node.operations.software;
  const file = (name: string) => ({ path: join(scratch.folder, name), passphrase: "" });
  for (const actor of ["0f".repeat(16), node.identity.gateway, node.identity.organization])
    await expect(addKey(actor, file("none.key"))).rejects.toMatchObject({ code: "CLIENT_UNKNOWN" });
  const actor = await node.operations.software.add("RIS");
  await addKey(actor, file("first.key"));
  // A further key needs the first one to sign: whoever has this machine's file cannot take another's place.
  await expect(addKey(actor, file("second.key"))).rejects.toMatchObject({ code: "HOLDER_DOES_NOT_SIGN" });
  await expect(node.operations.members.key(file("second.key"))).rejects.toMatchObject({ code: "KEY_FILE_MISSING" });
  expect((await node.operations.members.key(file("first.key"))).actor).toBe(actor);
});
