// What `fiducial config check` looks at beyond the words: files, folders, certificates, ports, and with --online the issuer.
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, resolve } from "node:path";
import { loadCertificate } from "../serving/certificate.ts";
import { readFilesOf } from "./named-files.ts";
import type { ConfigurationProblem } from "./problems.ts";
import { productionProblems } from "./production.ts";
import type { Configuration } from "./schema.ts";

/** How thoroughly to look. */
export interface CheckOptions {
  /** The configuration file that was read, if one was. */
  readonly file?: string | undefined;
  /** Asks the issuer too. */
  readonly online?: boolean;
  /** A node that has the folder open listens at these ports itself. */
  readonly isRunning?: boolean;
  readonly nowMs?: number;
}

/** Looks at everything that a start would need, and returns what is wrong. Changes nothing. */
export async function checkConfiguration(
  configuration: Configuration & { readonly data: string },
  { file, online = false, isRunning = false, nowMs = Date.now() }: CheckOptions = {},
): Promise<ConfigurationProblem[]> {
  return [
    ...productionProblems(configuration, file),
    ...fileProblems(configuration),
    ...certificateProblems(configuration, nowMs),
    ...folderProblems(configuration),
    ...(isRunning ? [] : await portProblems(configuration)),
    ...(online ? await issuerProblems(configuration) : []),
  ];
}

function fileProblems(configuration: Configuration): ConfigurationProblem[] {
  return readFilesOf(configuration)
    .filter(({ path }) => !allows(path, constants.R_OK) || !statSync(path).isFile())
    .map(({ setting }) => ({ code: "SETTING_FILE_UNREADABLE", setting }));
}

function certificateProblems({ http, dicom, siem }: Configuration, nowMs: number): ConfigurationProblem[] {
  const pairs = { "http.tls": http.tls, "dicom.tls": dicom.tls, "siem.syslog": siem.syslog };
  return Object.entries(pairs).flatMap(([section, { certificate, key }]): ConfigurationProblem[] => {
    if (certificate === undefined || key === undefined) return [];
    const loaded = loadCertificate({ certificate, key }, nowMs);
    // Files that cannot be read were told before.
    if (!("fault" in loaded) || loaded.fault === "SETTING_FILE_UNREADABLE") return [];
    return [{ code: loaded.fault, setting: `${section}.${loaded.of}` }];
  });
}

function folderProblems({
  data,
  organization,
  folders,
  logging,
  siem,
}: Configuration & { readonly data: string }): ConfigurationProblem[] {
  // What was restored without its mark, or is another program's, is told when it is opened.
  const isMissing = organization === undefined && !existsSync(data);
  const missing = isMissing ? [{ code: "FOLDER_MISSING", setting: "data" } as const] : [];
  const written = { data: isMissing ? undefined : data, "logging.file": logging.file, "siem.file": siem.file };
  const watched = folders.flatMap(({ path, afterwards }, at): ConfigurationProblem[] => {
    const setting = `folders[${at}].path`;
    if (!allows(path, constants.R_OK | constants.X_OK) || !statSync(path).isDirectory())
      return [{ code: "SETTING_FILE_UNREADABLE", setting }];
    return afterwards === "keep" || allows(path, constants.W_OK)
      ? []
      : [{ code: "SETTING_FOLDER_NOT_WRITABLE", setting }];
  });
  const closed = Object.entries(written).filter(([, path]) => path !== undefined && !isWritable(path));
  return [
    ...missing,
    ...watched,
    ...closed.map(([setting]) => ({ code: "SETTING_FOLDER_NOT_WRITABLE", setting }) as const),
  ];
}

// What is not there yet is made: below the nearest folder that is there.
function isWritable(path: string): boolean {
  const at = resolve(path);
  if (existsSync(at)) return allows(at, statSync(at).isDirectory() ? constants.W_OK | constants.X_OK : constants.W_OK);
  const parent = dirname(at);
  return (
    parent !== at &&
    (existsSync(parent)
      ? statSync(parent).isDirectory() && allows(parent, constants.W_OK | constants.X_OK)
      : isWritable(parent))
  );
}

function allows(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}

async function portProblems({ http, dicom, metrics }: Configuration): Promise<ConfigurationProblem[]> {
  const places = [
    { setting: "http.port", host: http.host, port: http.port as number | undefined },
    { setting: "dicom.port", host: dicom.host, port: dicom.port },
    { setting: "metrics.port", host: metrics.host, port: metrics.enabled ? metrics.port : undefined },
  ];
  const taken: ConfigurationProblem[] = [];
  for (const [at, { setting, host, port }] of places.entries()) {
    if (port === undefined || port === 0) continue;
    const twice = places.slice(0, at).find((other) => other.port === port && other.host === host);
    if (twice !== undefined)
      taken.push({
        code: "SETTING_PORT_TWICE",
        setting,
        given: String(port),
        allowed: `not the port of ${twice.setting}`,
      });
    else if (!(await canListen(host, port))) taken.push({ code: "LISTENING_NOT_POSSIBLE", setting });
  }
  return taken;
}

function canListen(host: string, port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((tell) => {
    server.once("error", () => tell(false));
    server.listen({ host, port }, () => server.close(() => tell(true)));
  });
}

const patienceMs = 5000;
const mostBytes = 1_048_576;

// OpenID Connect Discovery 1.0 § 4: the document names the issuer to the letter.
async function issuerProblems({ signIn: { issuer } }: Configuration): Promise<ConfigurationProblem[]> {
  if (issuer === undefined) return [];
  try {
    const url = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
    const answer = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(patienceMs) });
    const length = Number(answer.headers.get("content-length") ?? 0);
    const text = answer.ok && length <= mostBytes ? await answer.text() : "{}";
    if ((JSON.parse(text) as { issuer?: unknown }).issuer === issuer) return [];
  } catch {
    // Said below.
  }
  return [{ code: "SETTING_ISSUER_UNREACHABLE", setting: "signIn.issuer" }];
}
