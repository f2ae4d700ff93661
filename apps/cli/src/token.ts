// With what a command shows a node who it is: this machine's own key, a token, or a machine's credentials that are exchanged for tokens.
import { readFileSync } from "node:fs";
import { apiClient, type ClientOptions } from "@fiducial/api";
import { CliError } from "./cli-error.ts";
import type { Options } from "./options.ts";

/** What is given for a node that --node names: the file of --token-file, else FIDUCIAL_TOKEN, else nothing. Throws PATH_UNREADABLE. */
export function givenToken({ tokenFile }: Options, url: string): ClientOptions["token"] {
  const text = typeof tokenFile === "string" ? contentOf(tokenFile) : process.env["FIDUCIAL_TOKEN"];
  const token = text?.trim() ?? "";
  return token === "" ? undefined : tokenOf(token, url);
}

/** A token as it is, or `client:secret` exchanged for tokens as they end. */
export function tokenOf(text: string, url: string, nowMs: () => number = Date.now): ClientOptions["token"] {
  const [, client, secret] = /^([0-9a-f]{32}):(\S+)$/.exec(text) ?? [];
  if (client === undefined || secret === undefined) return text;
  let held: { readonly token: string; readonly until: number } | undefined;
  return async () => {
    if (held === undefined || held.until <= nowMs()) {
      const { access_token: token, expires_in: seconds } = await apiClient({ baseUrl: url }).token({ client, secret });
      held = { token, until: nowMs() + (seconds - aheadSeconds) * 1000 };
    }
    return held.token;
  };
}

// A request that is under way when a token ends was sent with one that was good.
const aheadSeconds = 60;

function contentOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (thrown) {
    throw new CliError("PATH_UNREADABLE", { path }, thrown);
  }
}
