// From a configuration to the options of the node's parts, each in the words of its own: the seam between what people write and what is started.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { NodeOptions } from "../compose.ts";
import type { DimseCaller, DimseOptions } from "../connections/dimse/dimse-options.ts";
import type { PeerOptions } from "../connections/dimse/peers.ts";
import type { OrthancFeedOptions } from "../connections/orthanc-feed.ts";
import type { WatchedFolderOptions } from "../connections/watched-folder.ts";
import type { PacsOptions } from "../pacs/pacs-options.ts";
import type { ServerLimits } from "../serving/limits.ts";
import type { SignInOptions } from "../sign-in/sign-in-options.ts";
import type { Configuration } from "./schema.ts";
import { feedPasswordVariable, secretAt } from "./secrets.ts";
import { secretVariable } from "./settings.ts";

type Environment = Readonly<Record<string, string | undefined>>;
type Whole = Configuration & { readonly data: string };

/** How the HTTP server is started. */
export interface HttpOptions {
  readonly host: string;
  readonly port: number;
  readonly publicUrl?: string;
  readonly tls?: { readonly certificate: string; readonly key: string };
  readonly trustedProxies: readonly string[];
  readonly limits: ServerLimits;
}

const [second, minute, hour] = [1000, 60_000, 3_600_000];

/** The options of openNode. Throws what reading the PACS's password and certificates throws. */
export function nodeOptionsOf(configuration: Whole, environment: Environment = {}): NodeOptions {
  const { data, keys, organization, threads, dicom } = configuration;
  const pacs = pacsOptionsOf(configuration, environment);
  return {
    data,
    ...(pacs === undefined ? {} : { pacs }),
    inbox: { settleMs: dicom.settleAfterSeconds * second, longestMs: dicom.longestSeconds * second },
    ...(keys === undefined ? {} : { keys: resolve(keys) }),
    ...(organization === undefined ? {} : { organizationName: organization }),
    ...(threads === undefined ? {} : { threads }),
  };
}

/** The options of the HTTP server. */
export function httpOptionsOf({ http, limits }: Configuration): HttpOptions {
  const { certificate, key } = http.tls;
  return {
    host: http.host,
    port: http.port,
    ...(http.publicUrl === undefined ? {} : { publicUrl: http.publicUrl }),
    ...(certificate === undefined || key === undefined ? {} : { tls: { certificate, key } }),
    trustedProxies: http.trustedProxies,
    limits,
  };
}

/** The options of DIMSE, or undefined when nobody shall listen. Throws what reading certificates throws. */
export function dimseOptionsOf({ dicom }: Configuration): DimseOptions | undefined {
  const { host, port, aeTitle, tls, callers } = dicom;
  if (port === undefined) return undefined;
  return {
    host,
    port,
    aeTitle,
    ...(tls.certificate === undefined || tls.key === undefined
      ? {}
      : {
          tls: {
            cert: readFileSync(tls.certificate, "utf8"),
            key: readFileSync(tls.key, "utf8"),
            ...(tls.ca === undefined ? {} : { ca: readFileSync(tls.ca, "utf8") }),
            requireClientCertificate: tls.requireClientCertificate,
          },
        }),
    ...(callers.length === 0 ? {} : { callers: callers.map(callerOf) }),
  };
}

// Nothing listed means anywhere.
function callerOf({ aeTitle, addresses }: Configuration["dicom"]["callers"][number]): DimseCaller {
  return addresses.length === 0 ? { aeTitle } : { aeTitle, addresses };
}

/** The systems that a test echo can be sent to. Throws what reading certificates throws. */
export function peerOptionsOf({ peers, dicom }: Configuration): PeerOptions[] {
  const read = (path: string | undefined) => (path === undefined ? undefined : readFileSync(path, "utf8"));
  const { certificate, key } = dicom.tls;
  const own = certificate === undefined || key === undefined ? {} : { cert: read(certificate), key: read(key) };
  return peers.map(({ id, aeTitle, host, port, callingAeTitle = dicom.aeTitle, tls, ca = dicom.tls.ca }) => ({
    id,
    calledAe: aeTitle,
    callingAe: callingAeTitle,
    host,
    port,
    ...(tls ? { tls: defined({ ...own, ca: read(ca) }) } : {}),
  }));
}

function defined<Value>(values: Readonly<Record<string, Value | undefined>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Record<string, Value>;
}

/** The options of each watched folder. */
export function folderOptionsOf({ folders }: Configuration): WatchedFolderOptions[] {
  return folders.map(({ id, path, afterwards, pollSeconds }) => ({
    id,
    path: resolve(path),
    afterwards,
    pollMs: pollSeconds * second,
  }));
}

/** The options of each Orthanc feed. Throws what reading a password's file throws. */
export function orthancOptionsOf({ orthanc }: Configuration, environment: Environment): OrthancFeedOptions[] {
  return orthanc.map(({ id, url, user, passwordFile, pollSeconds }) => {
    const password = secretAt({ file: passwordFile, variable: feedPasswordVariable(id) }, environment);
    return {
      id,
      url,
      ...(user === undefined ? {} : { user }),
      ...(password === undefined ? {} : { password }),
      pollMs: pollSeconds * second,
    };
  });
}

function pacsOptionsOf({ pacs }: Configuration, environment: Environment): PacsOptions | undefined {
  const { qidoUrl, wadoUrl, user, passwordFile, ca } = pacs;
  if (qidoUrl === undefined || wadoUrl === undefined) return undefined;
  const password = secretAt({ file: passwordFile, variable: secretVariable(["pacs", "passwordFile"]) }, environment);
  return {
    qidoUrl,
    wadoUrl,
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
    ...(ca === undefined ? {} : { ca: readFileSync(ca, "utf8") }),
  };
}

/** The options of sign-in; without an issuer, at the demonstration's own. Throws what reading the secret's file throws. */
export function signInOptionsOf({ mode, signIn, http }: Configuration, environment: Environment): SignInOptions {
  const { issuer, clientId = "", clientSecretFile, sessionIdleMinutes, sessionHours } = signIn;
  const { scopes, groupsClaim, roles } = signIn;
  const variable = secretVariable(["signIn", "clientSecretFile"]);
  const clientSecret = secretAt({ file: clientSecretFile, variable }, environment);
  return {
    mode,
    sessions: { idleMs: sessionIdleMinutes * minute, absoluteMs: sessionHours * hour },
    ...(http.publicUrl === undefined ? {} : { publicUrl: http.publicUrl }),
    ...(issuer === undefined ? {} : { issuer: { issuer, clientId, clientSecret, scopes, groupsClaim, roles } }),
  };
}

/** The token that a collector of metrics shows, if one is set. Throws what reading its file throws. */
export function metricsTokenOf({ metrics }: Configuration, environment: Environment): string | undefined {
  return secretAt({ file: metrics.tokenFile, variable: secretVariable(["metrics", "tokenFile"]) }, environment);
}
