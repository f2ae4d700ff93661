// Signs in as one of the demonstration's people, as a browser would, and keeps the session.
import type { Cookie } from "@playwright/test";

/** Signs in at a node and returns the cookie of the session, as a browser's context takes it. */
export async function sessionOf(url: string, role: string): Promise<Cookie> {
  const jar = new Map<string, string>();
  let next: { readonly url: string; readonly body?: string } = { url: `${url}/sign-in` };
  for (let steps = 0; steps < 10; steps++) {
    const { answer, text } = await ask(next, jar, new URL(url).origin);
    const to = answer.headers.get("location");
    const form = /<form method="post" action="([^"]+)"/.exec(text)?.[1];
    if (to !== null) next = { url: new URL(to, next.url).href };
    else if (form !== undefined) next = { url: new URL(form, next.url).href, body: `persona=demo-${role}` };
    else break;
    const [name, value] = [...jar].find(([cookie]) => cookie.startsWith("fiducial-session-")) ?? [];
    if (name !== undefined && value !== undefined)
      return {
        name,
        value,
        domain: new URL(url).hostname,
        path: "/",
        expires: -1,
        httpOnly: true,
        secure: false,
        sameSite: "Lax",
      };
  }
  throw new Error(`nobody could sign in as ${role}`);
}

/** Tells whether a session still lets somebody in. */
export async function isSignedIn(url: string, { name, value }: Cookie): Promise<boolean> {
  const answer = await fetch(`${url}/api/v1/session`, { headers: { cookie: `${name}=${value}` } });
  return ((await answer.json()) as { caller: string }).caller === "person";
}

async function ask(
  { url, body }: { readonly url: string; readonly body?: string },
  jar: Map<string, string>,
  origin: string,
): Promise<{ readonly answer: Response; readonly text: string }> {
  const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  const form = { "content-type": "application/x-www-form-urlencoded", origin };
  const posted = body === undefined ? {} : { method: "POST", body };
  const headers = { accept: "text/html", cookie, ...(body === undefined ? {} : form) };
  const answer = await fetch(url, { redirect: "manual", headers, ...posted });
  for (const line of answer.headers.getSetCookie()) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === "") jar.delete(name);
    else jar.set(name, value);
  }
  return { answer, text: await answer.text() };
}
