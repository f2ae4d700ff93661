// The inbox while registering fails: nothing is lost, people are told, and it is tried until it succeeds.
import { LedgerError } from "@fiducial/ledger";
import { VaultError } from "@fiducial/vault";
import { expect, test, vi } from "vitest";
import { openScratchInbox, registeredOf, settled, uidsOf } from "../scratch/scratch-inbox.ts";
import { soon } from "../scratch/scratch-server.ts";

test.each([
  ["the vault is full", "vault", new VaultError("VAULT_FULL"), "VAULT_FULL"],
  ["the ledger fails", "ledger", new LedgerError("DISK_FULL"), "DISK_FULL"],
  ["something is wrong with the program", "ledger", new TypeError("undefined is not a function"), "INTERNAL"],
])("when %s, people are told and it is tried until it succeeds", async (_title, where, failure, code) => {
  const inbox = await openScratchInbox();
  const { clock, node, send } = inbox;
  const failing =
    where === "vault"
      ? vi.spyOn(node.vault, "write").mockRejectedValue(failure)
      : vi.spyOn(node.replica, "submit").mockRejectedValue(failure);
  const told = vi.fn();
  node.inbox.onChange(told);
  for (const study of ["1", "2"]) expect(await send(study)).toMatchObject({ known: false });
  clock.advance(30_000);
  await soon(() => expect(node.inbox.standing()).toMatchObject({ objects: 2, problem: code }));
  expect(told).toHaveBeenCalled();
  expect(node.objects.unregistered()).toHaveLength(2);
  for (let at = 0; at < 3; at++) {
    const before = failing.mock.calls.length;
    await soon(() => {
      clock.advance(60_000);
      expect(failing.mock.calls.length).toBeGreaterThan(before);
    });
  }
  expect(await send("3")).toMatchObject({ known: false });
  failing.mockRestore();
  await settled(inbox);
  for (const study of ["1", "2", "3"]) expect(registeredOf(inbox, study)).toEqual(uidsOf(study, "1"));
});

test("attempts come rarer and rarer, and never rarer than every five minutes", async () => {
  const { clock, node, send } = await openScratchInbox();
  const submit = vi.spyOn(node.replica, "submit").mockRejectedValue(new LedgerError("STORE_FAILED"));
  await send("1");
  clock.advance(30_000);
  const delays: number[] = [];
  for (let at = 1; at <= 11; at++) {
    await soon(() => expect([submit.mock.calls.length, clock.waiting()]).toEqual([at, 1]));
    delays.push(clock.nextMs());
    clock.advance(clock.nextMs());
  }
  expect(delays).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300].map((seconds) => seconds * 1000));
});

test("a ledger that has stopped is not asked, and nothing is lost by opening the folder again", async () => {
  const first = await openScratchInbox();
  const { clock, node, send, scratch } = first;
  const stop = vi.spyOn(node.store, "commit").mockImplementation(() => {
    throw Object.assign(new Error("full"), { code: "ENOSPC" });
  });
  await send("1");
  clock.advance(30_000);
  await soon(() => expect(node.inbox.standing().problem).toBe("DISK_FULL"));
  const write = vi.spyOn(node.vault, "write");
  for (let at = 0; at < 5; at++) {
    clock.advance(300_000);
    await send(String(at + 2));
  }
  const kept = node.vault.statementsOf(node.vault.findStudies({ patientId: "P1" })[0]?.study ?? "");
  expect([kept.length, node.inbox.standing().objects, write.mock.calls.length > 0]).toEqual([1, 6, true]);
  stop.mockRestore();
  const again = await openScratchInbox({ scratch });
  await settled(again);
  for (const study of ["1", "2", "3", "4", "5", "6"]) expect(registeredOf(again, study)).toEqual(uidsOf(study, "1"));
});

test("one study that fails holds up no other", async () => {
  const inbox = await openScratchInbox();
  for (const study of ["1", "2", "3"]) await inbox.send(study);
  const { submit } = inbox.node.replica;
  let refused: string | undefined;
  vi.spyOn(inbox.node.replica, "submit").mockImplementation(async (statements) => {
    const [study] = inbox.node.vault.findStudies({ patientId: "P1" });
    refused = study?.study;
    if (inbox.node.vault.statementsOf(refused ?? "").includes(statements[0]?.id ?? ""))
      throw new Error("only this one");
    return submit(statements);
  });
  await soon(() => {
    inbox.clock.advance(60_000);
    expect(registeredOf(inbox, "3")).toEqual(uidsOf("3", "1"));
  });
  expect(registeredOf(inbox, "2")).toEqual(uidsOf("2", "1"));
  expect(inbox.node.inbox.standing()).toMatchObject({ objects: 1, problem: "INTERNAL" });
});

test("what the ledger refuses for now is kept and tried again", async () => {
  const inbox = await openScratchInbox();
  await inbox.send("1");
  vi.spyOn(inbox.node.replica, "submit").mockImplementationOnce(async ([statement]) => [
    { status: "refused", id: statement?.id ?? "", code: "LOG_SEALED", recordedAt: "" },
  ]);
  inbox.clock.advance(30_000);
  await soon(() => expect(inbox.node.inbox.standing()).toMatchObject({ objects: 1, problem: "LOG_SEALED" }));
  expect([...inbox.node.objects.digests()]).toHaveLength(1);
  await settled(inbox);
  expect(registeredOf(inbox, "1")).toEqual(uidsOf("1", "1"));
});
