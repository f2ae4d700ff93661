// A server's certificate: read from files, held against its key and the clock, and read again when it changes. RFC 5280, RFC 8446.
import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import type { ConfigurationProblemCode } from "../configuration/problems.ts";

/** Where a certificate and its key are, in PEM. */
export interface CertificateFiles {
  readonly certificate: string;
  readonly key: string;
}

/** A certificate with those above it, and its key, in PEM. */
export interface LoadedCertificate {
  readonly cert: string;
  readonly key: string;
  /** POSIX milliseconds. */
  readonly notAfterMs: number;
}

/** What is wrong with certificate and key. */
export interface CertificateFault {
  readonly fault: ConfigurationProblemCode;
  /** Which of the two files. */
  readonly of: "certificate" | "key";
}

/** TLS 1.2 and later. RFC 9325 § 3.1.1. */
export const leastTlsVersion = "TLSv1.2";

/** Reads certificate and key, and checks that they belong together and are valid now. */
export function loadCertificate(files: CertificateFiles, nowMs: number): LoadedCertificate | CertificateFault {
  const cert = textOf(files.certificate);
  if (cert === undefined) return { fault: "SETTING_FILE_UNREADABLE", of: "certificate" };
  const key = textOf(files.key);
  if (key === undefined) return { fault: "SETTING_FILE_UNREADABLE", of: "key" };
  const first = parsed(() => new X509Certificate(cert));
  if (first === undefined) return { fault: "CERTIFICATE_MALFORMED", of: "certificate" };
  const privateKey = parsed(() => createPrivateKey(key));
  if (privateKey === undefined) return { fault: "CERTIFICATE_MALFORMED", of: "key" };
  if (!first.checkPrivateKey(privateKey)) return { fault: "CERTIFICATE_OF_OTHER_KEY", of: "key" };
  const [from, to] = [Date.parse(first.validFrom), Date.parse(first.validTo)];
  if (!(from <= nowMs && nowMs <= to)) return { fault: "CERTIFICATE_EXPIRED", of: "certificate" };
  return { cert, key, notAfterMs: to };
}

/** Follows the files of a certificate. */
export interface CertificateWatch {
  /** Reads them now, as SIGHUP asks. */
  reload(): void;
  close(): void;
}

/** How files are followed. `changed` gets what could be read; `failed` hears of what could not, and the certificate before stays in use. */
export interface CertificateWatchOptions {
  readonly files: CertificateFiles;
  readonly changed: (certificate: LoadedCertificate) => void;
  readonly failed: (fault: CertificateFault) => void;
  readonly pollMs?: number;
  readonly nowMs?: () => number;
}

/** Looks at the files every `pollMs`: whoever renews certificates replaces files and links in many ways, and all of them change what a path leads to. */
export function watchCertificate({
  files,
  changed,
  failed,
  pollMs = 10_000,
  nowMs = Date.now,
}: CertificateWatchOptions): CertificateWatch {
  let seen = marksOf(files);
  function reload(): void {
    seen = marksOf(files);
    const loaded = loadCertificate(files, nowMs());
    if ("fault" in loaded) failed(loaded);
    else changed(loaded);
  }
  const looking = setInterval(() => {
    if (marksOf(files) !== seen) reload();
  }, pollMs).unref();
  return { reload, close: () => clearInterval(looking) };
}

function marksOf({ certificate, key }: CertificateFiles): string {
  return [certificate, key]
    .map((path) => {
      const stat = statSync(path, { throwIfNoEntry: false, bigint: true });
      return stat === undefined ? "none" : `${stat.ino}.${stat.mtimeNs}.${stat.size}`;
    })
    .join(" ");
}

function textOf(path: string): string | undefined {
  return parsed(() => readFileSync(path, "utf8"));
}

function parsed<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
