// Callers: who is let in by title and address, and how those who are not stand on the board.
import { expect, test } from "vitest";
import type { NodeError } from "../../node-error.ts";
import { scratchListener } from "../../scratch/scratch-listener.ts";
import { echo } from "./echo.ts";

const peer = (port: number) => ({ host: "127.0.0.1", port, callingAe: "CT1", calledAe: "FIDUCIAL" });

test("callers are known by title and address, in both families", async () => {
  const { port, line, board } = await scratchListener({
    callers: [
      { aeTitle: "CT1", addresses: ["10.0.0.0/8", "127.0.0.0/30", "2001:db8::/32"] },
      { aeTitle: "MR1", addresses: ["127.0.0.9"] },
      { aeTitle: "US 1" },
    ],
  });
  const answer = (callingAe: string, calledAe = "FIDUCIAL") =>
    echo({ ...peer(port), callingAe, calledAe }).then(
      () => "answered",
      (thrown: NodeError) => thrown.data["reason"],
    );
  expect(await Promise.all([answer("CT1"), answer("US 1"), answer("MR1"), answer("XA1"), answer("ct1")])).toEqual([
    "answered",
    "answered",
    3,
    3,
    3,
  ]);
  expect(await answer("CT1", "fiducial")).toBe(7);
  expect(line("dimse:mr1")).toMatchObject({ state: "failed", lastError: { code: "DIMSE_ADDRESS_NOT_ALLOWED" } });
  expect(line("dimse:xa1")).toMatchObject({ state: "failed", lastError: { code: "DIMSE_CALLER_UNKNOWN" } });
  expect(line("dimse:ct1")).toMatchObject({ lastError: { code: "DIMSE_CALLED_AE_WRONG" } });
  // CT1 and ct1 are two, and a blank is no part of an id.
  expect(
    board
      .list()
      .map(({ name }) => name)
      .sort(),
  ).toEqual(["CT1", "MR1", "US 1", "XA1", "ct1"]);
});

test("whoever names itself otherwise each time does not fill the board", async () => {
  const { port, board } = await scratchListener({ callers: [{ aeTitle: "CT1" }] });
  for (let at = 0; at < 230; at++) await echo({ ...peer(port), callingAe: `X${at}` }).catch(() => {});
  const names = board.list().map(({ name }) => name);
  expect(names).toHaveLength(202);
  expect(names).toContain("CT1");
  expect(board.list().find(({ id }) => id === "dimse:-others")).toMatchObject({ state: "failed" });
});
