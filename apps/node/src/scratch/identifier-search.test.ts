// A search that finds nothing proves nothing unless it finds what is there.
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { searchFor } from "./identifier-search.ts";

const name = "Bergström^Anneliese";
const id = "PAT-4711-X";
const date = "19640229";
const search = searchFor([name, id, date, "ab"]);
const among = (bytes: Buffer | string) =>
  Buffer.concat([Buffer.alloc(100, "~"), Buffer.from(bytes), Buffer.alloc(100, "~")]);
const hash = (algorithm: string, text: string) => createHash(algorithm).update(text).digest();

describe("the search finds", () => {
  test.each<[string, Buffer | string]>([
    ["a text", id],
    ["in small letters", id.toLowerCase()],
    ["in capitals", name.toUpperCase()],
    ["in Latin-1", Buffer.from(name, "latin1")],
    ["in UTF-16", Buffer.from(id, "utf16le")],
    ["in UTF-16, high bytes first", Buffer.from(id, "utf16le").swap16()],
    ["as hex", Buffer.from(id).toString("hex")],
    ["as hex in capitals", Buffer.from(name).toString("hex").toUpperCase()],
    ["in base64", Buffer.from(`{"id":"${id}"}`).toString("base64")],
    ["in base64, one byte on", Buffer.from(`{"id":" ${id}"}`).toString("base64")],
    ["in base64, two bytes on", Buffer.from(`{"id":"  ${id}"}`).toString("base64")],
    ["a date in base64", Buffer.from(`{"date":"${date}","filler":"${"x".repeat(50)}"}`).toString("base64")],
    ["a date alone in base64", `"${Buffer.from(date).toString("base64")}"`],
    ["a date in a short base64 text", Buffer.from(`on ${date}!`).toString("base64")],
    ["in base64 for addresses", Buffer.from(`\xff\xfe\xfb${name}`, "utf8").toString("base64url")],
    [
      "hashed in base64 in base64",
      Buffer.from(`{"sum":"${hash("sha256", id).toString("hex")}","filler":"${"x".repeat(50)}"}`).toString("base64"),
    ],
    ["as SHA-256", hash("sha256", id)],
    ["as SHA-1 in hex", hash("sha1", id).toString("hex")],
    ["as MD5 in hex, in capitals", hash("md5", name).toString("hex").toUpperCase()],
    ["as SHA-512 in base64", hash("sha512", name).toString("base64")],
    ["as SHA-256 cut to 16 bytes", hash("sha256", date).subarray(0, 16)],
    ["as SHA-256 of the padded value", hash("sha256", `${id} `)],
    ["as SHA-256 of the padded UID", hash("sha256", `${id}\0`).toString("base64url")],
    ["as SHA-1 of small letters", hash("sha1", name.toLowerCase())],
  ])("%s", (_, bytes) => {
    expect(search(among(bytes))).toHaveLength(1);
  });

  test("every text, at the very beginning and the very end", () => {
    expect(search(Buffer.from(`${date} ${name} ${id}`)).sort()).toEqual([date, name, id].sort());
  });
});

describe("the search does not take chance for a text", () => {
  test("in random bytes, hex and base64", () => {
    const bytes = Buffer.concat(Array.from({ length: 2 ** 14 }, (_, at) => hash("sha512", String(at))));
    expect(search(bytes)).toEqual([]);
    expect(search(Buffer.from(bytes.toString("hex")))).toEqual([]);
    expect(search(Buffer.from(bytes.toString("base64")))).toEqual([]);
  });

  // Digests are hex, and payloads that hold them base64: eight digits of a digest come up once in a hundred runs.
  test.each([0, 1, 2])("in the hex of a digest, when that stands in base64, %i bytes on", (shift) => {
    for (const digits of [`a${date}12ff`, `ab${date}c`, `1${date.slice(0, -1)}4`, `4${date.slice(1)}b`])
      for (const before of ["", "3", "c0"]) {
        const digest = `${before}${digits}${hash("sha256", digits).toString("hex")}`;
        const payload = Buffer.from(`{"${"x".repeat(40 + shift)}":"${digest}"}`);
        expect(search(Buffer.from(payload.toString("base64")))).toEqual([]);
        expect(search(Buffer.from(payload.toString("base64url")))).toEqual([]);
      }
  });

  // Two bytes of which one is nothing are not much: page numbers of a database look so.
  test("in numbers of two bytes, for what has three letters", () => {
    const found = searchFor(["Yes", "PAT-4711-X"]);
    expect(found(among(Buffer.from("Yes", "utf16le")))).toEqual([]);
    expect(found(among(Buffer.from("Yes", "utf16le").swap16()))).toEqual([]);
    expect(found(among(Buffer.from("PAT-4711-X", "utf16le")))).toEqual(["PAT-4711-X"]);
  });

  test("where a date is part of a longer number, nor for what is too short to mean anything", () => {
    expect(search(among(`7${date}`))).toEqual([]);
    expect(search(among("ab"))).toEqual([]);
  });
});
