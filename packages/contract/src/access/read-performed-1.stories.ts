// Stories of access.read.performed.
import { anna, audrey, gateway, handle, newcomer, northlake, relay, rosa, scanner } from "../../stories/cast.ts";
import { arrives, getsRole, isGone, isScrapped, leaves, losesRole } from "../../stories/scenes.ts";
import { accepted, refused } from "../../stories/stage.ts";
import { type Stories, storiesOf } from "../../stories/story.ts";
import { readPerformed } from "./read-performed-1.ts";

const clause = "DICOM PS3.15 A.5.3.6, Instances Accessed";
const minute = "2026-11-18T09:00:00.000Z";

/** Rosa looks at a series of the chest. */
const viewed = {
  study: handle("chest"),
  what: "images",
  action: "view",
  readerType: "person",
  reader: rosa.actor,
  roles: ["radiologist"],
  purpose: "TREAT",
  purposeBasis: "presumed",
  outcome: "permitted",
  minute,
  recorded: "before",
  series: 1,
  instances: 60,
} as const;
const sealed = { session: handle("session"), series: ["1.2.826.0.1.3680043.2.1143.1.1"], network: "inside" } as const;
const { study: _, series: __, instances: ___, ...listed } = viewed;

export const readPerformedStories: Stories = storiesOf(readPerformed, (story) => {
  story("people look at a study, and list studies", clause, (stage) => {
    arrives(stage, "chest");
    stage.says(readPerformed, gateway, { open: viewed, sealed }, accepted());
    const list = { ...listed, what: "study-list", action: "search", studies: 50 } as const;
    stage.says(readPerformed, gateway, { open: list, sealed: { session: handle("session") } }, accepted());
    const audited = { ...viewed, reader: audrey.actor, roles: ["auditor"], what: "access-list" } as const;
    const remark = { ...sealed, remark: "complaint 12" };
    stage.says(readPerformed, gateway, { open: { ...audited, purpose: "HOPERAT" }, sealed: remark }, accepted());
  });

  story("machines, and who sits at the node, read without roles", clause, (stage) => {
    arrives(stage, "chest");
    const { reader: ____, ...nobody } = viewed;
    const machine = { ...viewed, readerType: "machine", reader: handle("client"), roles: [] } as const;
    stage.says(readPerformed, gateway, { open: { ...machine, action: "retrieve" }, sealed }, accepted());
    stage.says(readPerformed, gateway, { open: { ...machine, reader: relay.actor }, sealed }, accepted());
    const operator = { ...nobody, readerType: "operator", roles: [], purpose: "HSYSADMIN" } as const;
    stage.says(readPerformed, gateway, { open: operator, sealed: { network: "this-machine" } }, accepted());
  });

  story("software states it, and nobody else", "DESIGN § 6", (stage) => {
    arrives(stage, "chest");
    for (const other of [rosa, anna, scanner, northlake])
      stage.says(readPerformed, other, { open: viewed, sealed }, refused("ROLE_MISSING"));
  });

  story("a person who is not on the log", clause, (stage) => {
    arrives(stage, "chest");
    const { reader: ____, ...nameless } = viewed;
    const account = { ...sealed, account: "https://issuer.example 17" };
    stage.says(readPerformed, gateway, { open: nameless, sealed: account }, accepted("READER_NOT_NAMED"));
    const stranger = { ...viewed, reader: newcomer("otto", northlake).actor };
    stage.says(readPerformed, gateway, { open: stranger, sealed }, accepted("READER_UNKNOWN"));
    const device = { ...viewed, reader: scanner.actor, roles: [] };
    stage.says(readPerformed, gateway, { open: device, sealed }, accepted("READER_UNKNOWN"));
  });

  story("a person who was retired, and a machine", clause, (stage) => {
    arrives(stage, "chest");
    leaves(stage, rosa);
    stage.says(readPerformed, gateway, { open: viewed, sealed }, accepted("READER_RETIRED"));
    isScrapped(stage, scanner);
    const machine = { ...viewed, readerType: "machine", reader: scanner.actor, roles: [] } as const;
    stage.says(readPerformed, gateway, { open: machine, sealed }, accepted("READER_RETIRED"));
  });

  story("a role that the person does not hold, or no more, or not yet", clause, (stage) => {
    arrives(stage, "chest");
    const both = { ...viewed, roles: ["administrator", "radiologist"] } as const;
    stage.says(readPerformed, gateway, { open: both, sealed }, accepted("ROLE_NOT_HELD"));
    losesRole(stage, rosa, "radiologist");
    stage.says(readPerformed, gateway, { open: viewed, sealed }, accepted("ROLE_NOT_HELD"));
    getsRole(stage, rosa, "radiologist");
    stage.says(readPerformed, gateway, { open: viewed, sealed }, accepted());
  });

  story("an emergency", "HL7 v3 PurposeOfUse", (stage) => {
    arrives(stage, "chest");
    for (const purpose of ["ETREAT", "BTG"] as const) {
      const broken = { ...viewed, purpose, purposeBasis: "stated" } as const;
      const remark = { ...sealed, remark: "patient unconscious" };
      stage.says(readPerformed, gateway, { open: broken, sealed: remark }, accepted("BREAK_GLASS"));
    }
  });

  story("a reader is refused", clause, (stage) => {
    arrives(stage, "chest");
    const open = { ...viewed, outcome: "refused" } as const;
    stage.says(readPerformed, gateway, { open, sealed }, accepted("READ_REFUSED"));
  });

  story("the ledger did not take statements when it was shown", "DESIGN § 5, three times", (stage) => {
    arrives(stage, "chest");
    stage.wait(30);
    const open = { ...viewed, recorded: "afterwards" } as const;
    const said = { open, sealed, occurredAt: "2026-11-18T09:00:10.000Z" };
    stage.says(readPerformed, gateway, said, accepted("LATE_ENTRY", "RECORDED_AFTERWARDS"));
  });

  story("no such study", clause, ({ says }) => {
    says(readPerformed, gateway, { open: viewed, sealed }, accepted("STUDY_UNKNOWN"));
  });

  story("images of a study that was destroyed; its history may be read", clause, (stage) => {
    arrives(stage, "chest");
    isGone(stage, "chest");
    stage.says(readPerformed, gateway, { open: viewed, sealed }, accepted("STUDY_DESTROYED"));
    stage.says(readPerformed, gateway, { open: { ...viewed, what: "study" }, sealed }, accepted());
  });
});
