// As much of a browser as signing in takes: cookies by host, and redirects followed one by one.

/** An answer, and what it said. */
export interface Visit {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface Browser {
  /** Cookies by name, of every host: tests have one each. */
  readonly cookies: Map<string, string>;
  /** Every line that set a cookie. */
  readonly set: string[];
  /** Goes to one address and follows nothing. */
  visit(url: string, init?: RequestInit): Promise<Visit>;
  /** Follows redirects until there is none, or one whose address `until` wants. */
  follow(url: string, until?: (url: string) => boolean): Promise<Visit>;
}

/** Opens one without cookies. */
export function browser(): Browser {
  const cookies = new Map<string, string>();
  const set: string[] = [];
  const visit = async (url: string, init: RequestInit = {}): Promise<Visit> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { accept: "text/html", cookie, ...(init.headers as Record<string, string>) };
    const answer = await fetch(url, { redirect: "manual", ...init, headers });
    for (const line of answer.headers.getSetCookie()) {
      set.push(line);
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "") cookies.delete(name);
      else cookies.set(name, value);
    }
    return { url, status: answer.status, headers: answer.headers, text: await answer.text() };
  };
  const follow = async (url: string, until: (url: string) => boolean = () => false): Promise<Visit> => {
    let at = await visit(url);
    for (let steps = 0; steps < 10; steps++) {
      const to = at.headers.get("location");
      if (to === null) break;
      const next = new URL(to, at.url).href;
      if (until(next)) return { ...at, url: next };
      at = await visit(next);
    }
    return at;
  };
  return { cookies, set, visit, follow };
}
