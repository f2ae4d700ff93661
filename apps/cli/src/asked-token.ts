// What to do when a node that --node names does not answer, or wants to know who asks: where this machine's operator finds a token.
import { apiClient } from "@fiducial/api";
import { CliError } from "./cli-error.ts";
import { codeOf } from "./failure.ts";
import type { Options } from "./options.ts";

/** Adds to UNREACHABLE which address was asked, or that its certificate is not trusted here (CERTIFICATE_UNTRUSTED), and to NOT_SIGNED_IN how a token is given, and where the operator's is, if it is on this machine; every other error stays what it is. */
export async function namingToken(options: Pick<Options, "node" | "keys">, thrown: unknown): Promise<unknown> {
  if (codeOf(thrown) === "UNREACHABLE" && options.node !== undefined) {
    const { isCertificateFault } = await import("@fiducial/node");
    return new CliError(
      isCertificateFault(thrown) ? "CERTIFICATE_UNTRUSTED" : "UNREACHABLE",
      { node: options.node.replace(/\/\/[^/@]*@/, "//") },
      thrown,
    );
  }
  if (codeOf(thrown) !== "NOT_SIGNED_IN" || options.node === undefined) return thrown;
  const file = await operatorTokenFile(options.node, options.keys);
  const operator =
    file === undefined
      ? "On the machine of the node its operator names the data folder with --data, without --node; or takes the file operator.token in the folder of the node's keys, which is there while the node runs."
      : `The operator's, on this machine, is ${file}.`;
  return new CliError("NOT_SIGNED_IN", { operator }, thrown);
}

async function operatorTokenFile(url: string, keys: string | undefined): Promise<string | undefined> {
  const { operatorTokenFileOf } = await import("@fiducial/node");
  try {
    const { log } = await apiClient({ baseUrl: url }).health({ signal: AbortSignal.timeout(patienceMs) });
    return operatorTokenFileOf(log.origin, keys);
  } catch {
    return undefined;
  }
}

const patienceMs = 5000;
