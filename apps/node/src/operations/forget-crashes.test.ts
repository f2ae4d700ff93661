import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import type { OpenNode } from "../compose.ts";
import { searchFor } from "../scratch/identifier-search.ts";
import { hospital, ofBerg } from "../scratch/scratch-hospital.ts";
import { traces } from "../scratch/traces.ts";

describe("a process that dies while it forgets", () => {
  // Each is something that the operation does after the approval is on the ledger, in order.
  test.each(["remove", "write", "submit", "forget"] as const)(
    "at %s, is finished when the folder is opened next",
    async (step) => {
      const { scratch, node, approvers, subject } = await hospital();
      failAt(node, step);
      await expect(node.operations.forget(subject, approvers)).rejects.toThrow("the process died");
      expect(searchFor(ofBerg)(readFileSync(join(scratch.data, "under-way.json")))).toEqual([]);
      const again = await scratch.open();
      expect(existsSync(join(scratch.data, "under-way.json"))).toBe(false);
      expect(again.vault.studiesOf(subject)).toEqual([]);
      expect(traces(scratch.data, ofBerg)).toEqual([]);
      expect((await again.audit()).ok).toBe(true);
      const kinds = Array.from({ length: again.store.head().edge.size }, (_, index) =>
        String(again.store.entry(index) && JSON.parse(Buffer.from(again.store.entry(index) ?? []).toString()).findings),
      );
      expect(kinds.filter((findings) => findings.includes("ERASURE_NOT_APPROVED"))).toEqual([]);
    },
  );

  test("before the approval is on the ledger, has forgotten nothing", async () => {
    const { scratch, node, approvers, subject, study } = await hospital();
    vi.spyOn(node.replica, "submit").mockRejectedValueOnce(new Error("the process died"));
    await expect(node.operations.forget(subject, approvers)).rejects.toThrow("the process died");
    const again = await scratch.open();
    expect(again.vault.studiesOf(subject)).toEqual([study]);
    expect([...again.objects.digests()]).toHaveLength(6);
    expect(existsSync(join(scratch.data, "under-way.json"))).toBe(false);
  });
});

function failAt(node: OpenNode, step: "remove" | "write" | "submit" | "forget"): void {
  const died = new Error("the process died");
  if (step === "remove") {
    vi.spyOn(node.objects, "remove").mockImplementationOnce(() => {
      throw died;
    });
  } else if (step === "forget") vi.spyOn(node.vault, "forget").mockRejectedValueOnce(died);
  else if (step === "submit") {
    const submit = node.replica.submit.bind(node.replica);
    vi.spyOn(node.replica, "submit").mockImplementationOnce(submit).mockRejectedValueOnce(died);
  } else {
    // The vault writes for the organization's handle, the approval, then for the first study that is gone.
    const write = node.vault.write.bind(node.vault);
    const spy = vi.spyOn(node.vault, "write");
    spy
      .mockImplementationOnce(write as never)
      .mockImplementationOnce(write as never)
      .mockRejectedValueOnce(died);
  }
}
