// A witness that cosigns with ML-DSA-44, for tests: by OpenSSL, over bytes put together as docs/formats/log.md § Cosignature has them. It cosigns whatever it is sent.
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Such a witness, listening until it is closed. */
export interface QuantumWitness {
  /** Its line in a log policy, under the name `quantum`. */
  readonly policyLine: string;
  close(): void;
}

const name = "quantum.example/witness";

/** Starts one. */
export async function quantumWitness(): Promise<QuantumWitness> {
  const { publicKey, privateKey } = generateKeyPairSync("ml-dsa-44");
  const raw = Buffer.from(publicKey.export({ format: "jwk" })["pub"] as string, "base64url");
  const typed = Buffer.concat([Buffer.from([6]), raw]);
  const keyId = createHash("sha256").update(`${name}\n`).update(typed).digest().subarray(0, 4);

  function cosignature(body: string): string {
    const [origin = "", size = "", root = ""] = body.slice(body.indexOf("\n\n") + 2).split("\n");
    const time = uint64(Math.floor(Date.now() / 1000));
    const message = Buffer.concat([
      Buffer.from("subtree/v1\n\0"),
      short(name),
      time,
      short(origin),
      uint64(0),
      uint64(Number(size)),
      Buffer.from(root, "base64"),
    ]);
    const signature = Buffer.concat([keyId, time, sign(undefined, message, privateKey)]);
    return `\u2014 ${name} ${signature.toString("base64")}\n`;
  }

  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => {
      body += text;
    });
    request.on("end", () => response.setHeader("content-type", "text/plain").end(cosignature(body)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const key = `${name}+${keyId.toString("hex")}+${typed.toString("base64")}`;
  return { policyLine: `witness quantum ${key} http://127.0.0.1:${port}`, close: () => void server.close() };
}

function short(text: string): Buffer {
  return Buffer.concat([Buffer.from([Buffer.byteLength(text)]), Buffer.from(text)]);
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}
