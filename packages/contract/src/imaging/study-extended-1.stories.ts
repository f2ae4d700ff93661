// Stories of imaging.study.extended.
import { gateway, handle, scanner } from "../../stories/cast.ts";
import {
  acquiredObjects,
  arrives,
  arrivesElsewhere,
  isGone,
  isScrapped,
  mayGo,
  objects,
  studySeals,
} from "../../stories/scenes.ts";
import { accepted, type Stage } from "../../stories/stage.ts";
import { type Stories, storiesOf } from "../../stories/story.ts";
import { studyDestroyed } from "./study-destroyed-1.ts";
import { studyExtended } from "./study-extended-1.ts";
import { studyRegistered } from "./study-registered-1.ts";

const clause = "DESIGN § 8";
const more = (name: string) => ({ open: acquiredObjects(name), sealed: studySeals });
const destroyed = ({ says }: Stage, name: string, instances: number, ...findings: string[]) =>
  says(
    studyDestroyed,
    gateway,
    { open: { study: handle(name), instances, method: "bytes" }, sealed: {} },
    accepted(...findings),
  );

export const studyExtendedStories: Stories = storiesOf(studyExtended, (story) => {
  story("a late series arrives, and its objects count", clause, (stage) => {
    arrives(stage, "chest");
    stage.says(studyExtended, gateway, more("chest"), accepted());
    mayGo(stage, "chest");
    destroyed(stage, "chest", 120, "DESTRUCTION_INCOMPLETE");
    destroyed(stage, "chest", 120);
  });

  story("a study has at most 1,000,000,000 objects, and the next ones are not counted", clause, (stage) => {
    const begins = (name: string, instances: number) =>
      stage.says(
        studyRegistered,
        gateway,
        { open: { ...acquiredObjects(name), instances }, sealed: studySeals },
        accepted(),
      );
    begins("chest", 999_999_880);
    stage.says(studyExtended, gateway, more("chest"), accepted());
    begins("spine", 999_999_881);
    stage.says(studyExtended, gateway, more("spine"), accepted());
    mayGo(stage, "chest");
    destroyed(stage, "chest", 999_999_999, "DESTRUCTION_INCOMPLETE");
    destroyed(stage, "chest", 1);
    mayGo(stage, "spine");
    destroyed(stage, "spine", 1_000_000_000);
  });

  story("no such study, or another hospital's", clause, (stage) => {
    stage.says(studyExtended, gateway, more("chest"), accepted("STUDY_UNKNOWN"));
    arrivesElsewhere(stage, "abdomen");
    stage.says(studyExtended, gateway, more("abdomen"), accepted("STUDY_OF_OTHER_ORGANIZATION"));
  });

  story("the study was destroyed, and stays so", clause, (stage) => {
    arrives(stage, "chest");
    isGone(stage, "chest");
    stage.says(studyExtended, gateway, more("chest"), accepted("STUDY_DESTROYED"));
    destroyed(stage, "chest", 120, "STUDY_DESTROYED");
  });

  story("the device is not named, not a device, or retired", clause, (stage) => {
    arrives(stage, "chest");
    const by = (device: string) => ({ open: { ...objects("chest"), device }, sealed: studySeals });
    stage.says(studyExtended, gateway, { open: objects("chest"), sealed: studySeals }, accepted("DEVICE_NOT_NAMED"));
    stage.says(studyExtended, gateway, by(gateway.actor), accepted("DEVICE_UNKNOWN"));
    isScrapped(stage, scanner);
    stage.says(studyExtended, gateway, by(scanner.actor), accepted("DEVICE_RETIRED"));
  });
});
