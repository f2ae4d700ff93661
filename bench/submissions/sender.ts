// Sends requests over connections that stay, as lean as can be: what it takes of the processors is not there for those who are measured. RFC 9112.
import { connect, type Socket } from "node:net";
import type { Serving } from "./serving.ts";

/** Sends bodies to a server over so many connections, one after the other on each, and resolves when all are answered. Rejects when a statement is not accepted. */
export async function send({ port, token }: Serving, connections: number, bodies: readonly string[]): Promise<void> {
  const requests = bodies.map((body) => requestOf(body, token));
  let next = 0;
  // New ones each time: a server closes those that say nothing for long.
  const sockets = Array.from({ length: connections }, () => connect(port, "127.0.0.1").setNoDelay());
  await Promise.all(
    sockets.map(async (socket) => {
      for (let request = requests[next++]; request !== undefined; request = requests[next++]) {
        const answered = answer(socket);
        socket.write(request);
        const text = await answered;
        if (!text.startsWith("HTTP/1.1 200") || text.includes('"refused"')) throw new Error(text.slice(0, 600));
      }
      socket.end();
    }),
  );
}

function requestOf(body: string, token: string): Buffer {
  const head = [
    "POST /api/v1/statements HTTP/1.1",
    "Host: localhost",
    `Authorization: Bearer ${token}`,
    "Content-Type: application/json",
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`);
}

function answer(socket: Socket): Promise<string> {
  let text = "";
  return new Promise((resolve, reject) => {
    const take = (chunk: Buffer) => {
      text += chunk.toString("latin1");
      const end = text.indexOf("\r\n\r\n");
      if (end < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(text.slice(0, end))?.[1]);
      if (text.length < end + 4 + length) return;
      socket.off("data", take).off("error", reject);
      resolve(text);
    };
    socket.on("data", take).once("error", reject);
  });
}
