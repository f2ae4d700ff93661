// Stories of identity.key.compromised.
import { anna, digest, dora, northlake, rosa, sue, tess } from "../../stories/cast.ts";
import { accepted, refused } from "../../stories/stage.ts";
import { type Stories, storiesOf } from "../../stories/story.ts";
import { keyCompromised } from "./key-compromised-1.ts";
import { keyRevoked } from "./key-revoked-1.ts";

const clause = "DESIGN § 5, Keys; § 2, observation";
const yesterday = "2026-11-17T18:00:00.000Z";
const compromised = (key: string, since: string = yesterday) => ({ open: { key, since }, sealed: {} });
const revoked = (key: string) => ({ open: { key, reason: "lost" }, sealed: {} }) as const;

export const keyCompromisedStories: Stories = storiesOf(keyCompromised, (story) => {
  story("a radiologist reports her own key, which ends at once", clause, ({ says }) => {
    says(keyCompromised, rosa, compromised(rosa.key.id), accepted());
    says(keyCompromised, rosa, compromised(rosa.key.id), refused("KEY_REVOKED"));
  });

  story("the earliest time that was stated holds", clause, ({ says }) => {
    says(keyCompromised, anna, compromised(rosa.key.id), accepted());
    const earlier = "2026-11-16T20:00:00.000Z";
    says(keyCompromised, anna, compromised(rosa.key.id, earlier), accepted("KEY_REVOKED_BEFORE"));
    says(keyCompromised, northlake, compromised(rosa.key.id), accepted("KEY_REVOKED_BEFORE"));
  });

  story("a key that was revoked as lost turns out to be in other hands", clause, ({ says }) => {
    says(keyRevoked, anna, revoked(tess.key.id), accepted());
    says(keyCompromised, anna, compromised(tess.key.id), accepted("KEY_REVOKED_BEFORE"));
  });

  story("it was in other hands before it was registered", clause, ({ says }) => {
    const before = "2026-11-01T00:00:00.000Z";
    says(keyCompromised, rosa, compromised(rosa.key.id, before), accepted("COMPROMISED_BEFORE_REGISTRATION"));
  });

  story("since the moment of its registration, and since this very moment", clause, ({ says }) => {
    // The prologue registers Rosa's key in its 18th minute and Tess's in its 15th.
    says(keyCompromised, anna, compromised(rosa.key.id, "2026-11-16T08:17:00.000Z"), accepted());
    const before = "2026-11-16T08:13:59.999Z";
    says(keyCompromised, anna, compromised(tess.key.id, before), accepted("COMPROMISED_BEFORE_REGISTRATION"));
    says(keyCompromised, dora, compromised(dora.key.id, "2026-11-18T09:02:00.000Z"), accepted());
  });

  story("a time to come is taken as now", clause, ({ says }) => {
    const tomorrow = "2026-11-19T09:00:00.000Z";
    says(keyCompromised, rosa, compromised(rosa.key.id, tomorrow), accepted("CLOCK_SKEW"));
  });

  story("an organization loses its only root key", clause, ({ says }) => {
    says(keyCompromised, northlake, compromised(northlake.key.id), accepted("ORGANIZATION_WITHOUT_KEY"));
    says(keyRevoked, northlake, revoked(rosa.key.id), refused("KEY_REVOKED"));
  });

  story("only those who answer for a key may say so", clause, ({ says }) => {
    says(keyCompromised, dora, compromised(rosa.key.id), refused("NOT_YOUR_KEY"));
    says(keyCompromised, sue, compromised(rosa.key.id), refused("NOT_YOUR_KEY"));
    says(keyCompromised, anna, compromised(northlake.key.id), refused("NOT_YOUR_KEY"));
  });

  story("nobody has such a key", clause, ({ says }) => {
    says(keyCompromised, anna, compromised(digest("no key")), refused("KEY_UNKNOWN"));
  });
});
