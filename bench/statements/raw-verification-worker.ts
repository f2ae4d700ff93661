// A thread that verifies and does nothing else.
import { parentPort, workerData } from "node:worker_threads";
import { sodiumBackend } from "@fiducial/ledger";
import type { Messages } from "./raw-verification.ts";

const { publicKey, signed, signatures } = workerData as Messages;

parentPort?.on("message", ({ task, from, to }: { task: number; from: number; to: number }) => {
  let bad = 0;
  for (let at = from; at < to; at++) {
    const [message, signature] = [signed[at], signatures[at]];
    if (message !== undefined && signature !== undefined && !sodiumBackend.verifyEd25519(publicKey, message, signature))
      bad++;
  }
  parentPort?.postMessage({ task, bad });
});
