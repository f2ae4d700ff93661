// Certificates of an authority that lives as long as a test, made by openssl.
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const openssl = "openssl";

/** Whether there is an openssl to make them. */
export const hasOpenssl = spawnSync(openssl, ["version"]).status === 0;

/** A key and its certificate, and where they are. */
export interface Certificate {
  readonly keyFile: string;
  readonly certFile: string;
  readonly key: Buffer;
  readonly cert: Buffer;
}

/** Makes an authority in `folder`, a certificate of it for this machine's loopback and one for a client, and one of nobody. */
export function certificates(
  folder: string,
): Readonly<Record<"authority" | "server" | "client" | "stranger", Certificate>> {
  const authority = selfSigned(folder, "authority");
  return {
    authority,
    server: signed(folder, "server", authority),
    client: signed(folder, "client", authority),
    stranger: selfSigned(folder, "stranger"),
  };
}

const newKey = ["-newkey", "rsa:2048", "-nodes", "-sha256"];

function selfSigned(folder: string, name: string): Certificate {
  const { keyFile, certFile } = filesOf(folder, name);
  run("req", "-x509", ...newKey, "-days", "2", "-subj", `/CN=${name}`, "-keyout", keyFile, "-out", certFile);
  return certificateIn(keyFile, certFile);
}

function signed(folder: string, name: string, { certFile: ca, keyFile: caKey }: Certificate): Certificate {
  const { keyFile, certFile } = filesOf(folder, name);
  const [request, extensions] = [join(folder, `${name}.csr`), join(folder, `${name}.ext`)];
  writeFileSync(extensions, "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
  run("req", ...newKey, "-subj", `/CN=${name}`, "-keyout", keyFile, "-out", request);
  const by = ["-CA", ca, "-CAkey", caKey, "-CAcreateserial", "-extfile", extensions];
  run("x509", "-req", "-sha256", "-days", "2", "-in", request, ...by, "-out", certFile);
  return certificateIn(keyFile, certFile);
}

function filesOf(folder: string, name: string) {
  return { keyFile: join(folder, `${name}.key`), certFile: join(folder, `${name}.pem`) };
}

function certificateIn(keyFile: string, certFile: string): Certificate {
  return { keyFile, certFile, key: readFileSync(keyFile), cert: readFileSync(certFile) };
}

function run(...args: readonly string[]): void {
  execFileSync(openssl, args, { stdio: "ignore" });
}
