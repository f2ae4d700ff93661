// The room among the node's routes: what is answered about an application, once its addresses are in the API's table.

import type { ReadFile } from "./contract-room.ts";
import { capital, type KindRequest } from "./request.ts";

/** Returns the files to write, by path; none when the room is there. */
export function routeRoom({ application, noun }: KindRequest, read: ReadFile): Map<string, string> {
  const room = `apps/node/src/routes/${application}`;
  if (read(`${room}.ts`) !== undefined) return new Map();
  const fact = `${capital(noun)}Fact`;
  return new Map([
    [
      `${room}.ts`,
      `// What the node answers about ${application}.
import type { ${fact} } from "@fiducial/projection";
import type { OpenNode } from "../compose.ts";

/** What the log says of a ${noun}, or undefined. */
export function ${noun}(node: OpenNode, handle: string): ${fact} | undefined {
  return node.projection.${application}.${noun}(handle);
}
`,
    ],
    [
      `${room}.test.ts`,
      `import { routes } from "@fiducial/api";
import { expect, test } from "vitest";

test("the HTTP surface has an address for ${application}", () => {
  const addresses = Object.values(routes).filter(({ path }) => /^\\/api\\/v1\\/(?:${application}|${noun})/.test(path));
  const wanted = "give ${application} an address in packages/api/src/routes.ts, a handler in server.ts and a permission in authorization/access.ts";
  expect(addresses, wanted).not.toEqual([]);
});
`,
    ],
  ]);
}
