// Stories of imaging.study.registered.
import { gateway, handle, relay, rosa, scanner, tess } from "../../stories/cast.ts";
import {
  acquiredObjects,
  arrives,
  arrivesElsewhere,
  isGone,
  isScrapped,
  objects,
  studySeals,
} from "../../stories/scenes.ts";
import { accepted, refused } from "../../stories/stage.ts";
import { type Stories, storiesOf } from "../../stories/story.ts";
import { studyRegistered } from "./study-registered-1.ts";

const clause = "DESIGN § 8";
const sealed = {
  ...studySeals,
  subject: { issuer: "north", patientId: "1" },
  accession: "A-1",
  acquired: "20261118085500",
  equipment: { manufacturer: "A maker", station: "CT1" },
} as const;

export const studyRegisteredStories: Stories = storiesOf(studyRegistered, (story) => {
  story("a gateway, a scanner and a technologist register studies", clause, ({ says }) => {
    says(studyRegistered, gateway, { open: acquiredObjects("chest"), sealed }, accepted());
    says(studyRegistered, scanner, { open: acquiredObjects("abdomen"), sealed }, accepted());
    const imported = { open: acquiredObjects("spine"), sealed, basis: "imported" } as const;
    says(studyRegistered, tess, imported, accepted());
  });

  story("a radiologist does not register studies", clause, ({ says }) => {
    says(studyRegistered, rosa, { open: acquiredObjects("chest"), sealed }, refused("ROLE_MISSING"));
  });

  story("the same handle again: the first registration stands", clause, (stage) => {
    arrives(stage, "chest");
    const again = { open: acquiredObjects("chest"), sealed };
    stage.says(studyRegistered, gateway, again, accepted("STUDY_REGISTERED_BEFORE"));
    arrivesElsewhere(stage, "abdomen");
    const taken = { open: acquiredObjects("abdomen"), sealed };
    stage.says(studyRegistered, gateway, taken, accepted("STUDY_REGISTERED_BEFORE"));
    isGone(stage, "chest");
    stage.says(studyRegistered, gateway, again, accepted("STUDY_REGISTERED_BEFORE"));
  });

  story("a registration that supersedes corrects its own organization's, and no other's", clause, (stage) => {
    const statement = arrives(stage, "chest");
    const supersedes = { statement, reason: "amended" } as const;
    stage.says(studyRegistered, gateway, { open: acquiredObjects("chest"), sealed, supersedes }, accepted());
    arrivesElsewhere(stage, "abdomen");
    const others = { open: acquiredObjects("abdomen"), sealed, supersedes };
    stage.says(studyRegistered, gateway, others, accepted("STUDY_REGISTERED_BEFORE"));
  });

  story("the device is not named, not a device, not registered, or retired", clause, (stage) => {
    const { says } = stage;
    const by = (name: string, device: string) => ({ open: { ...objects(name), device }, sealed });
    says(studyRegistered, gateway, { open: objects("chest"), sealed }, accepted("DEVICE_NOT_NAMED"));
    says(studyRegistered, gateway, by("abdomen", relay.actor), accepted("DEVICE_UNKNOWN"));
    says(studyRegistered, gateway, by("spine", handle("nothing")), accepted("DEVICE_UNKNOWN"));
    isScrapped(stage, scanner);
    says(studyRegistered, gateway, by("knee", scanner.actor), accepted("DEVICE_RETIRED"));
  });
});
