import fc from "fast-check";
import { expect, test } from "vitest";
import { readCommandSet, writeCommandSet } from "./command-set.ts";

const word = fc.integer({ min: 0, max: 65_535 });
const uid = fc.stringMatching(/^[1-9](\.[1-9][0-9]{0,4}){0,8}$/);

test("what is written is read again", () => {
  const command = fc.record(
    {
      affectedSopClassUid: uid,
      commandField: word,
      messageId: word,
      commandDataSetType: word,
      status: word,
      errorComment: fc.stringMatching(/^[A-Z_]{1,63}$/),
      affectedSopInstanceUid: uid,
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(command, (given) => {
      expect(readCommandSet(writeCommandSet(given))).toEqual(given);
    }),
  );
});

test("a C-ECHO-RSP is written as PS3.7 § 9.3.5.2 and § 6.3.1 say", () => {
  const written = writeCommandSet({
    affectedSopClassUid: "1.2.840.10008.1.1",
    commandField: 0x8030,
    messageIdBeingRespondedTo: 7,
    commandDataSetType: 0x0101,
    status: 0,
  });
  const element = (number: string, length: string, value: string) => `0000${number}${length}${value}`;
  const expected = [
    element("0000", "04000000", "42000000"),
    element("0200", "12000000", `${Buffer.from("1.2.840.10008.1.1\0").toString("hex")}`),
    element("0001", "02000000", "3080"),
    element("2001", "02000000", "0700"),
    element("0008", "02000000", "0101"),
    element("0009", "02000000", "0000"),
  ];
  expect(Buffer.from(written).toString("hex")).toBe(expected.join(""));
});

test("what is no command set is none, and elements that nobody asks for are passed over", () => {
  const hex = (text: string) => readCommandSet(Buffer.from(text.replaceAll(" ", ""), "hex"));
  expect(hex("")).toEqual({});
  expect(hex("0000 0001 02000000 0100")).toEqual({ commandField: 1 });
  expect(hex("0000 9999 02000000 0100 0000 0001 02000000 0100")).toEqual({ commandField: 1 });
  // Of another group, cut short, longer than what is there, and a number that is none.
  expect(hex("0800 0001 02000000 0100")).toBeUndefined();
  expect(hex("0000 0001 0200")).toBeUndefined();
  expect(hex("0000 0001 ffffffff 0100")).toBeUndefined();
  expect(hex("0000 0001 04000000 01000000")).toBeUndefined();
});
