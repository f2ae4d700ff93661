import { expect, test } from "vitest";
import { AccessesQuery, NamedAccessFilter } from "./accesses.ts";
import { EntriesQuery } from "./entries.ts";
import { ReceiptRequest } from "./intakes.ts";
import { requestFaults } from "./request-fault.ts";

const faults = (schema: typeof AccessesQuery | typeof ReceiptRequest | typeof EntriesQuery, given: unknown) =>
  requestFaults(schema.safeParse(given).error?.issues ?? []);
const secret = "Bergstroem";

test("each field that does not fit is named, with what it takes and nothing of what was sent", () => {
  const given = { from: secret, study: secret, limit: 1000, notable: secret, before: secret };
  const found = faults(AccessesQuery, given);
  expect(found.map(({ field }) => field).sort()).toEqual(["before", "from", "limit", "notable", "study"]);
  expect(JSON.stringify(found)).not.toContain(secret);
  expect(faults(EntriesQuery, { kind: secret }).map(({ field }) => field)).toEqual(["kind"]);
  expect(faults(ReceiptRequest, { objects: [{ item: secret }] })[0]?.field).toBe("objects.0.item");
  expect(faults(ReceiptRequest, undefined).map(({ field }) => field)).toEqual([""]);
});

test("a name that is none is not given back, and there is an end to names", () => {
  const odd = { reason: "A complaint", form: "", [`${secret} 12\n`]: "" };
  const found = requestFaults(NamedAccessFilter.safeParse(odd).error?.issues ?? []);
  expect(found.map(({ field }) => field)).toEqual(["form", "…"]);
  const many = Object.fromEntries(Array.from({ length: 99 }, (_, at) => [`a${at}`, ""]));
  expect(requestFaults(NamedAccessFilter.safeParse(many).error?.issues ?? [])).toHaveLength(20);
});
