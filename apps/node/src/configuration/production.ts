// What production refuses to start with: every reason at once.
import { readdirSync, realpathSync, statSync } from "node:fs";
import { isAbsolute, join, relative, resolve } from "node:path";
import {
  configurationFile,
  defaultKeysFolder,
  type FolderIdentity,
  identityFile,
  readIdentity,
} from "../folder/data-folder.ts";
import { isLoopback } from "./addresses.ts";
import { secretFilesOf } from "./named-files.ts";
import { isMostOfInternet, isThisMachineOnly } from "./networks.ts";
import type { ConfigurationProblem } from "./problems.ts";
import type { Configuration } from "./schema.ts";

/** Returns every reason why this configuration does not start in production; none in local mode. */
export function productionProblems(
  configuration: Configuration & { readonly data: string },
  file: string | undefined = undefined,
): ConfigurationProblem[] {
  if (configuration.mode !== "production") return [];
  return [
    ...incomplete(configuration),
    ...plain(configuration),
    ...openToAll(configuration),
    ...ofFolders(configuration),
    ...openFiles(configuration, file),
  ];
}

function incomplete({ http, signIn }: Configuration): ConfigurationProblem[] {
  const wanted = [
    ...(signIn.issuer === undefined
      ? [["signIn.issuer", "an OpenID Connect issuer of your own; the demonstration's is refused"]]
      : []),
    ...(signIn.issuer !== undefined && Object.values(signIn.roles).every((roles) => roles.length === 0)
      ? [["signIn.roles", "at least one group with roles, or nobody may do anything"]]
      : []),
    ...(http.publicUrl === undefined ? [["http.publicUrl", "the address at which people reach the node"]] : []),
    ...(http.tls.certificate === undefined && http.trustedProxies.length === 0
      ? [["http.tls.certificate", "a certificate, or http.trustedProxies with the proxy that has one"]]
      : []),
  ] as const;
  return wanted.map(([setting = "", allowed = ""]) => ({ code: "PRODUCTION_INCOMPLETE", setting, allowed }));
}

function plain(configuration: Configuration): ConfigurationProblem[] {
  const { http, signIn, siem } = configuration;
  const isOwn =
    signIn.issuer !== undefined && http.publicUrl !== undefined && originOf(signIn.issuer) === originOf(http.publicUrl);
  const problem = (setting: string, allowed: string): ConfigurationProblem => ({
    ...{ code: "PRODUCTION_PLAIN", setting, allowed },
  });
  return [
    ...(isPlain(http.publicUrl) ? [problem("http.publicUrl", "an address that begins with https://")] : []),
    ...(isPlain(signIn.issuer) ? [problem("signIn.issuer", "an address that begins with https://")] : []),
    // A proxy on this machine needs no listening beyond it.
    ...(!isLoopback(http.host) && http.tls.certificate === undefined && isThisMachineOnly(http.trustedProxies)
      ? [
          problem(
            "http.host",
            "a certificate in http.tls, the proxy on another machine in http.trustedProxies, or this machine's own address",
          ),
        ]
      : []),
    ...(siem.syslog.host !== undefined && !siem.syslog.tls && !isLoopback(siem.syslog.host)
      ? [problem("siem.syslog.tls", "true, or a collector on this machine")]
      : []),
    ...askedPlainly(configuration),
    ...(isOwn ? [{ code: "PRODUCTION_DEMO", setting: "signIn.issuer" } as const] : []),
  ];
}

function isPlain(url: string | undefined): url is string {
  return url !== undefined && new URL(url).protocol !== "https:";
}

// Who listens in would learn the password, the images, or what the node does when. Images alone may go so where somebody says that they may.
function askedPlainly({ pacs, orthanc, telemetry }: Configuration): ConfigurationProblem[] {
  const isOut = (url: string | undefined) => isPlain(url) && !isLoopback(new URL(url).hostname);
  const hasUser = ({ user, passwordFile }: Asked) => user !== undefined || passwordFile !== undefined;
  const asked = (of: Asked, url: string | undefined, setting: string, plain: string): ConfigurationProblem[] => {
    if (!isOut(url) || (of.plain && !hasUser(of))) return [];
    const wanted = "an address that begins with https://, or one on this machine";
    const declared = hasUser(of) ? ", for there is a password" : `, or ${plain}: true`;
    return [{ code: "PRODUCTION_PLAIN", setting, allowed: wanted + declared }];
  };
  return [
    ...asked(pacs, pacs.qidoUrl, "pacs.qidoUrl", "pacs.plain"),
    ...asked(pacs, pacs.wadoUrl, "pacs.wadoUrl", "pacs.plain"),
    ...orthanc.flatMap((feed, at) => asked(feed, feed.url, `orthanc[${at}].url`, `orthanc[${at}].plain`)),
    ...(isOut(telemetry.otlpEndpoint)
      ? [
          {
            ...{ code: "PRODUCTION_PLAIN" as const, setting: "telemetry.otlpEndpoint" },
            allowed: "an address that begins with https://, or a collector on this machine",
          },
        ]
      : []),
  ];
}

type Asked = Configuration["pacs"] | Configuration["orthanc"][number];

function originOf(url: string): string {
  return new URL(url).origin;
}

function openToAll({ http, dicom, metrics }: Configuration): ConfigurationProblem[] {
  const proxies = http.trustedProxies.map((network) => [network]);
  const callers = dicom.callers.map(({ addresses }) => addresses);
  const asksCertificates = dicom.tls.certificate !== undefined && dicom.tls.requireClientCertificate;
  const isOut = dicom.port !== undefined && !isLoopback(dicom.host);
  return [
    ...tooMany(proxies, "http.trustedProxies", (at) => `http.trustedProxies[${at}]`),
    ...(isOut && dicom.callers.length === 0 ? ["dicom.callers"] : []),
    ...(isOut && !asksCertificates
      ? [
          ...callers.flatMap((addresses, at) => (addresses.length === 0 ? [`dicom.callers[${at}].addresses`] : [])),
          ...tooMany(callers, "dicom.callers", (at) => `dicom.callers[${at}].addresses`),
        ]
      : []),
    ...(metrics.port !== undefined && !isLoopback(metrics.host) ? ["metrics.host"] : []),
  ].map((setting) => ({ code: "PRODUCTION_OPEN_TO_ALL", setting }));
}

// Each list that names everybody, or all of them when it is only together that they do.
function tooMany(lists: readonly (readonly string[])[], together: string, settingAt: (at: number) => string): string[] {
  const each = lists.flatMap((networks, at) => (isMostOfInternet(networks) ? [settingAt(at)] : []));
  return each.length === 0 && isMostOfInternet(lists.flat()) ? [together] : each;
}

function ofFolders({ data, keys }: Configuration & { readonly data: string }): ConfigurationProblem[] {
  const identity = identityIn(data);
  const folder = keys ?? (identity === undefined ? undefined : defaultKeysFolder(identity));
  const isTogether = folder !== undefined && (isWithin(folder, data) || isWithin(data, folder));
  return [
    ...(identity?.demo === true ? [{ code: "PRODUCTION_DEMO", setting: "data" } as const] : []),
    ...(isTogether ? [{ code: "PRODUCTION_KEYS_WITH_DATA", setting: "keys" } as const] : []),
    ...(isOpen(data, 0o077) ? [{ code: "PRODUCTION_FILE_OPEN", setting: "data" } as const] : []),
    ...(folder !== undefined && keysOpen(folder) ? [{ code: "PRODUCTION_FILE_OPEN", setting: "keys" } as const] : []),
  ];
}

function identityIn(data: string): FolderIdentity | undefined {
  if (statSync(join(data, identityFile), { throwIfNoEntry: false }) === undefined) return undefined;
  try {
    return readIdentity(data);
  } catch {
    // Opening the folder says what is wrong with it.
    return undefined;
  }
}

// Links are followed: what counts is where the bytes are.
function isWithin(inner: string, outer: string): boolean {
  const way = relative(real(outer), real(inner));
  return way === "" || (!way.startsWith("..") && !isAbsolute(way));
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = resolve(path, "..");
    return parent === resolve(path) ? parent : join(real(parent), resolve(path).slice(parent.length));
  }
}

function keysOpen(folder: string): boolean {
  try {
    return isOpen(folder, 0o077) || readdirSync(folder).some((name) => isOpen(join(folder, name), 0o077));
  } catch {
    return false;
  }
}

function openFiles(configuration: Configuration, file: string | undefined): ConfigurationProblem[] {
  const secrets = secretFilesOf(configuration).filter(({ path }) => isOpen(path, 0o077));
  return [
    ...secrets.map(({ setting }) => ({ code: "PRODUCTION_FILE_OPEN", setting }) as const),
    ...(file !== undefined && isOpen(file, 0o022)
      ? [{ code: "PRODUCTION_FILE_OPEN", where: file, setting: configurationFile } as const]
      : []),
  ];
}

/** Tells whether a file or folder allows to others what `bits` say. Windows keeps no such bits. */
function isOpen(path: string, bits: number): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  return process.platform !== "win32" && stat !== undefined && (stat.mode & bits) !== 0;
}
