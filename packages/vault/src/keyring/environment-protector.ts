// The node key in an environment variable: for containers whose platform keeps secrets.
import { fromBase64 } from "@fiducial/core";
import { VaultError } from "../vault-error.ts";
import { type KeyProtector, nodeKeyProtector } from "./protector.ts";

/** The environment variable that holds the node key: padded standard base64 of 32 bytes. */
export const nodeKeyVariable = "FIDUCIAL_NODE_KEY";

/** Protects with the node key in `environment`. Rejects with KEY_MISSING, KEY_MALFORMED, KEY_WRONG. */
export function environmentProtector(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): KeyProtector {
  return nodeKeyProtector("environment", async () => {
    const text = environment[nodeKeyVariable];
    if (text === undefined || text === "") throw new VaultError("KEY_MISSING", { variable: nodeKeyVariable });
    const key = fromBase64(text.trim());
    if (key === undefined) throw new VaultError("KEY_MALFORMED", { variable: nodeKeyVariable });
    return key;
  });
}
