// How witnesses are asked over HTTP: one request at a time to each, never waiting long, never following a redirect elsewhere.
import { setTimeout as delay } from "node:timers/promises";
import type { Post } from "@fiducial/ledger";

const patienceMs = 10_000;
const longestAnswer = 65_536;

/** Posts a request to a witness. Rejects when it does not answer in ten seconds, redirects, or answers at length. */
export const postToWitness: Post = async (url, body, signal) => {
  const answer = await fetch(url, {
    method: "POST",
    body,
    redirect: "error",
    headers: { "content-type": "text/plain; charset=utf-8" },
    signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
  });
  return { status: answer.status, contentType: answer.headers.get("content-type") ?? "", body: await textOf(answer) };
};

// Whoever answers without end is left: what is read is held in memory.
async function textOf({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > longestAnswer) throw new RangeError("The witness answers at length.");
  }
  return text + decoder.decode();
}

/** Waits, and returns early when told to stop. */
export async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal, ref: false }).catch(() => {});
}
