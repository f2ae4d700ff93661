// An ssh-agent with one Ed25519 key: all that litewitness asks of one. draft-ietf-sshm-ssh-agent § 4.4, § 4.5; RFC 8709 § 4, § 6.
import { createHash } from "node:crypto";
import { createServer, type Server } from "node:net";
import type { NoteSigner } from "@fiducial/core";

/** A listening agent, and the fingerprint of its key as `ssh-keygen -l` writes it. */
export interface SshAgent {
  readonly server: Server;
  readonly fingerprint: string;
}

const algorithm = Buffer.from("ssh-ed25519");
const requestIdentities = 11;
const identitiesAnswer = 12;
const signRequest = 13;
const signResponse = 14;
const failure = 5;

/** Listens on a Unix socket and signs whatever is asked for with `signer`'s key. */
export async function startSshAgent(socketPath: string, { key, sign }: NoteSigner): Promise<SshAgent> {
  const blob = Buffer.concat([string(algorithm), string(Buffer.from(key.publicKey))]);
  const answer = (request: Buffer): Buffer => {
    if (request[0] === requestIdentities)
      return Buffer.concat([Buffer.of(identitiesAnswer), uint32(1), string(blob), string(Buffer.from("witness"))]);
    if (request[0] !== signRequest) return Buffer.of(failure);
    const dataAt = 1 + 4 + request.readUInt32BE(1);
    const data = request.subarray(dataAt + 4, dataAt + 4 + request.readUInt32BE(dataAt));
    const signature = Buffer.concat([string(algorithm), string(Buffer.from(sign(data)))]);
    return Buffer.concat([Buffer.of(signResponse), string(signature)]);
  };
  const server = createServer((connection) => {
    let pending = Buffer.alloc(0);
    connection.on("data", (chunk) => {
      pending = Buffer.concat([pending, chunk]);
      while (pending.length >= 4 && pending.length >= 4 + pending.readUInt32BE(0)) {
        const length = pending.readUInt32BE(0);
        connection.write(string(answer(pending.subarray(4, 4 + length))));
        pending = pending.subarray(4 + length);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  const digest = createHash("sha256").update(blob).digest("base64");
  return { server, fingerprint: `SHA256:${digest.replace(/=+$/, "")}` };
}

// The string of RFC 4251 § 5, which is also how an agent frames its messages.
function string(bytes: Buffer): Buffer {
  return Buffer.concat([uint32(bytes.length), bytes]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
