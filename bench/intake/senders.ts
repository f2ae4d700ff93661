// How a CT is sent: by dcmsend over DIMSE, in one association or in several at once; by one client of ours over STOW-RS.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { type IncomingMessage, request } from "node:http";
import { text as textOf } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { type Receiver, withoutDelay } from "./receivers.ts";

/** Sends files by dcmsend, PDUs of 128 KiB, in so many associations at once. Rejects when one is not taken. */
export async function sendDimse(
  { aeTitle, dicomPort }: Receiver,
  files: readonly string[],
  associations: number,
): Promise<void> {
  const sends = Array.from({ length: associations }, async (_, at) => {
    const share = files.filter((__, place) => place % associations === at);
    const called = ["-aet", `BENCH${at}`, "-aec", aeTitle, "127.0.0.1", String(dicomPort)];
    const child = spawn(
      "dcmsend",
      ["--max-pdu", "131072", "--max-send-pdu", "131072", "-dn", "-nuc", ...called, ...share],
      {
        stdio: ["ignore", "ignore", "inherit"],
        env: withoutDelay,
      },
    );
    const [code] = await once(child, "close");
    if (code !== 0) throw new Error(`dcmsend ended with ${code}.`);
  });
  await Promise.all(sends);
}

/** Sends files in one STOW-RS request, as cheaply as this runtime can: it shares the processors with whom it measures. PS3.18 § 10.5. Rejects when not all are taken. */
export async function sendStow({ stow }: Receiver, files: readonly string[]): Promise<void> {
  if (stow === undefined) throw new Error("It takes nothing over STOW-RS.");
  const { url, authorization } = stow;
  const asked = request(url, {
    method: "POST",
    headers: {
      "content-type": `multipart/related; type="application/dicom"; boundary=${boundary}`,
      accept: "application/dicom+json",
      ...(authorization === undefined ? {} : { authorization }),
    },
  });
  const answered = once(asked, "response") as Promise<[IncomingMessage]>;
  await pipeline(partsOf(files), asked);
  const [answer] = await answered;
  const text = await textOf(answer);
  const taken = text.match(/"00081199".*/s)?.[0].match(/"00081155"/g)?.length ?? 0;
  if (answer.statusCode !== 200 || taken !== files.length)
    throw new Error(`STOW-RS was answered ${answer.statusCode}, ${taken} of ${files.length} taken.`);
}

const boundary = "bench-of-fiducial";

async function* partsOf(files: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const file of files) {
    const head = Buffer.from(`\r\n--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`);
    yield Buffer.concat([head, await readFile(file)]);
  }
  yield Buffer.from(`\r\n--${boundary}--\r\n`);
}
