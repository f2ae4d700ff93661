// Somebody who chooses one of the demonstration's people, for tests.
import type { Role } from "@fiducial/contract";
import type { Browser } from "./browser.ts";

/** Goes to sign in, chooses, comes back, and returns the cookies as a header has them. */
export async function signInAs(url: string, role: Role, visitor: Browser): Promise<string> {
  const page = await visitor.follow(`${url}/sign-in`);
  const action = /action="([^"]+)"/.exec(page.text)?.[1] ?? "";
  const chosen = await visitor.visit(new URL(action, url).href, {
    method: "POST",
    headers: { origin: url, "content-type": "application/x-www-form-urlencoded" },
    body: `persona=demo-${role}`,
  });
  await visitor.follow(
    new URL(chosen.headers.get("location") ?? "", url).href,
    (next) => new URL(next).pathname === "/",
  );
  return [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
}
