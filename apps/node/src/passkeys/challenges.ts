// Challenges: random, good once, for five minutes, and only for whom they were made. WebAuthn Level 3 § 13.4.3.
import { newSecret } from "../sign-in/secrets.ts";

export interface Challenges {
  /** A new challenge (32 bytes, base64url) for somebody, in the place of the one before. */
  issue(forWhom: string): string;
  /** The challenge of somebody, who has none from now on; undefined when there is none or its time is over. */
  take(forWhom: string): string | undefined;
}

/** For how long challenges and drafts are good, in milliseconds. */
export const promptMs = 300_000;

/** Offers challenges; beyond `most` the oldest go, so that nobody fills the memory. */
export function challengesIn(nowMs: () => number, most = 10_000): Challenges {
  const issued = new Map<string, { readonly challenge: string; readonly endsAt: number }>();
  return {
    issue: (forWhom) => {
      const challenge = newSecret();
      issued.delete(forWhom);
      issued.set(forWhom, { challenge, endsAt: nowMs() + promptMs });
      for (const oldest of issued.keys()) {
        if (issued.size <= most) break;
        issued.delete(oldest);
      }
      return challenge;
    },
    take: (forWhom) => {
      const found = issued.get(forWhom);
      issued.delete(forWhom);
      return found !== undefined && nowMs() < found.endsAt ? found.challenge : undefined;
    },
  };
}
