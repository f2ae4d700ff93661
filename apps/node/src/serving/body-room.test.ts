// Room for bodies in memory: what has come takes it, what is announced does not, and nobody takes all of it.
import Fastify from "fastify";
import { describe, expect, onTestFinished, test } from "vitest";
import { type RawConnection, rawConnection, statusAndCode } from "../scratch/raw-connection.ts";
import { operatorLine, refusal, serve, soon } from "../scratch/scratch-server.ts";
import { bodyRoom } from "./body-room.ts";
import { sendProblem } from "./problems.ts";

test("bodies that begin and stop keep nobody from handing in", async () => {
  const { server, client } = await serve({});
  const { host } = new URL(server.url);
  const head = `POST /api/v1/statements HTTP/1.1\r\nHost: ${host}\r\n${operatorLine(server)}\r\nContent-Type: application/json\r\n`;
  const begun = Array.from({ length: 8 }, () => {
    const raw = rawConnection(server.url);
    raw.write(`${head}Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n`);
    return raw;
  });
  await Promise.all(begun.map(({ socket }) => new Promise((resolve) => socket.once("connect", resolve))));
  for (let time = 0; time < 5; time++)
    expect(await refusal(client.submit([{ envelope: "x".repeat(60_000) }]))).toBe("answered");
});

/** A server with room for 100 bytes, in bodies of 40 at most; who sends says who they are. */
async function room() {
  const app = Fastify({ bodyLimit: 40, forceCloseConnections: true });
  onTestFinished(() => app.close());
  app.setErrorHandler((thrown, _, reply) => sendProblem(reply, thrown));
  const taken = bodyRoom(100, 40, ({ headers }) => String(headers["from"]));
  app.post("/", { preParsing: taken.hook }, ({ body }) => ({ length: String(body).length }));
  app.addContentTypeParser("text/x", { parseAs: "string" }, (_, body, done) => done(null, body));
  const url = await app.listen({ port: 0, host: "127.0.0.1" });
  const send = (from: string, text: string, length = text.length): RawConnection => {
    const raw = rawConnection(url);
    raw.write(
      `POST / HTTP/1.1\r\nHost: x\r\nFrom: ${from}\r\nContent-Type: text/x\r\nConnection: close\r\nContent-Length: ${length}\r\n\r\n${text}`,
    );
    return raw;
  };
  const bytes = (expected: number) => soon(() => expect(taken.bytes()).toBe(expected));
  return { send, bytes };
}

const bytesOf = (length: number) => "x".repeat(length);

describe("what has come", () => {
  test("of one caller takes half of the room", async () => {
    const { send, bytes } = await room();
    send("one", bytesOf(30), 40);
    await bytes(30);
    const [second] = [send("one", bytesOf(19), 40)];
    await bytes(49);
    expect(statusAndCode(await send("one", bytesOf(2)).answer)).toEqual([503, "BUSY"]);
    expect(statusAndCode(await send("two", bytesOf(40)).answer)).toEqual([200, undefined]);
    await bytes(49);
    second.socket.destroy();
    await bytes(30);
    expect(statusAndCode(await send("one", bytesOf(20)).answer)).toEqual([200, undefined]);
  });

  test("takes the room together, and the first always comes to its end", async () => {
    const { send, bytes } = await room();
    const first = send("one", bytesOf(39), 40);
    await bytes(39);
    send("two", bytesOf(39), 40);
    await bytes(78);
    send("three", bytesOf(22), 40);
    await bytes(100);
    expect(statusAndCode(await send("four", bytesOf(1)).answer)).toEqual([503, "BUSY"]);
    first.write("x");
    expect(statusAndCode(await first.answer)).toEqual([200, undefined]);
    await bytes(61);
  });
});
