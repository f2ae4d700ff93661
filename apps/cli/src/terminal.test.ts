// What reaches a terminal: styles of ours, and nothing that others' texts could do to it.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { smallObject } from "@fiducial/dicom/phantom";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { printable } from "./printable.ts";
import { bench } from "./scratch/fiducial-run.ts";
import { type Stream, styled, writeData, writeJsonText, writeLine, writePart } from "./terminal.ts";

const b = bench();
const { path, run } = b;
afterAll(() => b.remove());

const hostile = "\u001b[2J\u001b]0;title\u0007\u009b31m\u202egnp.dcm\u2066\u200b\rok";

function terminal(): { readonly stream: Stream; text(): string } {
  const stream = Object.assign(new PassThrough(), { isTTY: true });
  let text = "";
  stream.setEncoding("utf8").on("data", (more: string) => {
    text += more;
  });
  return { stream: stream as unknown as Stream, text: () => text };
}

const sequence = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, "g");

/** Expects that nothing but line ends is unseen in a text. */
function expectSeen(text: string): void {
  for (const line of text.split("\n")) expect(printable(line)).toBe(line);
}

describe("the door", () => {
  test("shows styles of ours, and no escape sequence of others, wherever it stands", async () => {
    const { stream, text } = terminal();
    writeLine(stream, `${styled("green", `ok ${hostile}`)} ${hostile} ${styled("bold", "")}`, true);
    await new Promise(setImmediate);
    const sequences = text().match(sequence);
    expect(sequences).toEqual(["\u001b[32m", "\u001b[39m", "\u001b[1m", "\u001b[22m"]);
    expectSeen(text().replaceAll(sequence, ""));
  });

  test("leaves styles out where they were not wanted, and where nothing shows them", async () => {
    const { stream, text } = terminal();
    writeLine(stream, styled("red", "no"), false);
    writeLine(Object.assign(stream, { isTTY: false }), styled("red", "no"), true);
    writePart(stream, styled("red", "no\n"));
    await new Promise(setImmediate);
    expect(text()).toBe("no\nno\nno\ufffd");
  });

  test("writes JSON that is the same JSON, escaped", async () => {
    const { stream, text } = terminal();
    writeData(stream, { file: hostile });
    writeJsonText(stream, `${JSON.stringify({ name: hostile })}\n`);
    await new Promise(setImmediate);
    const [data = "", json = ""] = text().split("\n");
    expectSeen(text());
    expect([JSON.parse(data), JSON.parse(json)]).toEqual([{ file: hostile }, { name: hostile }]);
  });

  test("changes no byte of a text that goes elsewhere than to a terminal", async () => {
    const { stream, text } = terminal();
    writeJsonText(Object.assign(stream, { isTTY: false }), `"a\u202eb"\n`);
    await new Promise(setImmediate);
    expect(text()).toBe(`"a\u202eb"\n`);
  });

  test("is the only one: no other file of the command writes to a stream", () => {
    const folder = import.meta.dirname;
    const writers = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
      (name) =>
        /^(?!scratch).*(?<!\.(?:test|faults))\.ts$/.test(name) &&
        /\b(?:stdout|stderr)\b\s*\.\s*write|console\.|\.write\(|writeSync\(|inherit/.test(
          readFileSync(join(folder, name), "utf8"),
        ),
    );
    expect(writers).toEqual(["terminal.ts"]);
  });
});

describe("texts of others", () => {
  test("in file names, headers, names and receipts are shown, in every command, and are themselves in JSON", async () => {
    const attributes = {
      StationName: "A",
      ManufacturerModelName: "\u202eTC",
      Manufacturer: "Ph\u200dantoms",
      PatientName: "X",
    };
    const file = path(`${hostile.replaceAll("/", "")}.dcm`);
    writeFileSync(file, smallObject({ attributes }));
    const organization = `Clinic ${hostile}`;
    const lines = [
      ["ingest", file, "--organization", organization],
      ["ingest", path(`gone${hostile}`), file],
      ["verify", file],
      ["verify", file, path(`gone${hostile}`)],
      ["verify", path(`gone${hostile}`)],
      ["log"],
      ["status"],
      ["members", "add", "--name", hostile, "--role", "steward", "--key", path(`${hostile}.key`), "--no-passphrase"],
      ["members", "list", "--names"],
      ["devices", "add", "--name", hostile, "--manufacturer", hostile, "--model", "m", "--serial", "1"],
      ["devices", "list"],
      ["receipt", file, "-o", path("r")],
      ["policy", "-o", path("p")],
      ["verify-receipt", path("r"), file, "--policy", path("p")],
      ["verify-receipt", path("r"), path(`gone${hostile}`), "--policy", path("p")],
      [`verify${hostile}`],
      ["log", `--${hostile}`],
      ["log", "--limit", hostile],
      ["status", "--data", path(`folder${hostile}`)],
    ];
    const shown = new Set<string>();
    for (const line of lines)
      for (const json of [[], ["--json"]]) {
        const { stdout, stderr } = await run(...line, ...json);
        expectSeen(stdout);
        expectSeen(stderr);
        if (`${stdout}${stderr}`.includes("\ufffd")) shown.add(line.slice(0, 2).join(" "));
      }
    // What is shown is what was hostile: the names got as far as the door.
    expect(shown.size).toBeGreaterThan(10);
    const [verified] = (await run("verify", file, "--json")).json();
    expect(verified).toMatchObject({ file, verdict: "identical" });
  }, 120_000);

  test("of a node that is not ours are shown", async () => {
    const problem = { type: "about:blank", title: hostile, status: 404, code: "ENTRY_UNKNOWN", detail: hostile };
    const server = createServer((_, response) => {
      response.writeHead(404, { "content-type": "application/problem+json" }).end(JSON.stringify(problem));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };
    for (const command of ["status", "log", "policy", "audit"]) {
      const { exit, stdout, stderr } = await run(command, "--node", `http://127.0.0.1:${port}`);
      expect(exit).toBe(1);
      expectSeen(stdout + stderr);
      expect(stderr).toContain("title");
    }
  });
});
