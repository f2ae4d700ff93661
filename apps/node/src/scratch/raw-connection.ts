// A bare connection to a server, for requests that no client would send.
import { connect, type Socket } from "node:net";

/** A connection and what came back on it. */
export interface RawConnection {
  readonly socket: Socket;
  write(text: string): void;
  /** Resolves with everything that came once the other side has closed. */
  readonly answer: Promise<string>;
}

/** Connects to the server at this address. */
export function rawConnection(url: string): RawConnection {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  let text = "";
  socket.setEncoding("utf8").on("data", (more: string) => {
    text += more;
  });
  // A connection that is cut tells what came before all the same.
  socket.on("error", () => {});
  const answer = new Promise<string>((resolve) => socket.on("close", () => resolve(text)));
  return { socket, write: (more) => void socket.write(more), answer };
}

/** Returns the status of an answer and, if it is a problem, its code. */
export function statusAndCode(answer: string): [status: number, code: string | undefined] {
  const [status = "0"] = answer.split(" ").slice(1, 2);
  return [Number(status), /"code":"(\w+)"/.exec(answer)?.[1]];
}
