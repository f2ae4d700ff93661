// Who may not see who looked does not see it on the ledger's pages either.
import type { EntryPage } from "@fiducial/api";
import { parseEntry } from "@fiducial/core";
import { expect, test } from "vitest";
import type { Caller } from "../authorization/caller.ts";
import { hospital } from "../scratch/scratch-hospital.ts";
import { entries } from "./ledger.ts";
import { checkReaderShown, withoutReaders } from "./reader-privacy.ts";

const person = (role: "radiologist" | "auditor"): Caller => ({
  ...{ type: "person", subject: "1".repeat(32), name: "", roles: [role], session: "2".repeat(32) },
});

test("readers' handles are left out of lists, and their entries are not opened", async () => {
  const { node, study, approvers } = await hospital();
  const reader = { ...person("radiologist"), actor: approvers[0].actor } as Caller;
  await node.access.before({ caller: reader, what: "study", action: "view", study });
  await node.projector.caughtUp(node.store.head().edge.size);
  const index = node.store.head().edge.size - 1;
  const shown = (page: EntryPage) => page.entries.find((entry) => entry.index === index)?.open ?? {};
  const page = entries(node, {});
  expect(shown(withoutReaders(page, person("auditor")))["reader"]).toBe(approvers[0].actor);
  const narrowed = withoutReaders(page, person("radiologist"));
  expect(JSON.stringify(shown(narrowed))).not.toContain(approvers[0].actor);
  expect(shown(narrowed)["roles"]).toEqual(["radiologist"]);
  // Nothing else changes: who was registered is no secret.
  const others = ({ entries: all }: EntryPage) => all.filter((entry) => entry.index !== index);
  expect(others(narrowed)).toEqual(others(page));

  expect(parseEntry(node.store.entry(index) as Uint8Array)?.statement.content.kind).toBe("access.read.performed");
  checkReaderShown(node, index, person("auditor"));
  checkReaderShown(node, index - 1, person("radiologist"));
  expect(() => checkReaderShown(node, index, person("radiologist"))).toThrow(
    expect.objectContaining({ code: "NOT_ALLOWED", data: { permission: "accesses.read" } }),
  );
});
