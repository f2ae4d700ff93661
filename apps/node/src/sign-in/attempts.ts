// A sign-in that is under way: what only the browser that began it may know, in a cookie that only this process can read.
import { randomBytes } from "node:crypto";
import { EncryptJWT, jwtDecrypt } from "jose";

/** What was agreed on when the browser was sent to the issuer. */
export interface Attempt {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  /** Where the browser goes afterwards: a path of this node. */
  readonly returnTo: string;
}

export interface Attempts {
  seal(attempt: Attempt): Promise<string>;
  /** The attempt in a cookie, once; undefined when it is none of this process, was changed, was taken before, or is older than ten minutes. */
  take(sealed: string): Promise<Attempt | undefined>;
}

/** Offers attempts under a key that goes with the process; of those that were taken it remembers the last `most`. */
export function signInAttempts(nowMs: () => number, most = 10_000): Attempts {
  const key = randomBytes(32);
  const taken = new Set<string>();
  const opened = async (sealed: string): Promise<Attempt | undefined> => {
    try {
      return (await jwtDecrypt<Attempt>(sealed, key, { currentDate: new Date(nowMs()) })).payload;
    } catch {
      return undefined;
    }
  };
  return {
    seal: (attempt) => {
      const issuedAt = Math.floor(nowMs() / 1000);
      return new EncryptJWT({ ...attempt })
        .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
        .setExpirationTime(issuedAt + 600)
        .encrypt(key);
    },
    take: async (sealed) => {
      const attempt = await opened(sealed);
      if (attempt === undefined || taken.has(attempt.state)) return undefined;
      taken.add(attempt.state);
      for (const oldest of taken) {
        if (taken.size <= most) break;
        taken.delete(oldest);
      }
      return attempt;
    },
  };
}

/** A path of this node, whatever somebody put into an address: anything else is the first page. */
export function ownPath(given: unknown): string {
  const isPath = typeof given === "string" && /^\/(?![/\\])[\x21-\x7e]*$/.test(given) && !given.includes("\\");
  return isPath && given.length <= 2000 && !given.startsWith("/sign-in") ? given : "/";
}
