// What to do about codes whose tables say only what is wrong.

/** By code; a table's own advice goes before it. */
export const advice: Readonly<Record<string, string>> = {
  REQUEST_INVALID: "Compare it with the address in `packages/api/src/routes.ts`.",
  NOT_ALLOWED: "Ask on the machine on which the node runs: until sign-in is set up, members are those who sit there.",
  ROUTE_UNKNOWN: "Check the address.",
  LOG_UNKNOWN: "Check the origin; `GET /api/v1/health` names this node's.",
  TILE_UNKNOWN: "Ask for tiles of the size that the newest checkpoint has.",
  OBJECT_NOT_STORED: "Get the object from the archive that holds it.",
  REQUEST_TOO_LARGE: "Send less at once.",
  REQUEST_TIMED_OUT: "Send it again, and without pauses.",
  HEADERS_TOO_LARGE: "Send shorter ones.",
  OBJECT_UNKNOWN: "Check the object; if it should be here, register it.",
  ENTRY_UNKNOWN: "Check the number; `GET /api/v1/health` says how many entries there are.",
  SUBJECT_UNKNOWN: "Check the patient's id and its issuer.",
  NOTHING_FOUND: "Name a file, or a folder that holds some.",
  LOG_NOT_CREATED: "Send `identity.log.created` first.",
  ROLE_HELD: "Nothing is to be done.",
  ROLE_NOT_HELD: "Nothing is to be done.",
  CONTRACT_NOT_NEWER: "Name a newer version, or leave it.",
  HOLD_EXISTS: "Nothing is to be done, or use another handle.",
  HOLD_UNKNOWN: "Check the handle of the hold.",
  NO_CORRECTION: "Nothing is to be done.",
  NOTE_SIGNATURE_INVALID: "Do not rely on the checkpoint: whoever changed it, it is not what was signed.",
  ROOT_MISMATCH: "Do not rely on the proof: it is of another entry, or of another tree.",
  QUORUM_NOT_MET: "Ask for the receipt again later, when more witnesses have cosigned, or use another policy.",
  LOG_NOT_TRUSTED: "Get the log's policy from its organization by a way that you trust, and compare.",
  POLICY_OF_OTHER_LOG:
    "Use the policy of the receipt's log, from its organization by a way that you trust. Nothing was found wrong with the receipt.",
  GENESIS_NOT_TRUSTED: "Get the log's policy from its organization by a way that you trust, and compare.",
  DISCLOSURE_DOES_NOT_OPEN: "Do not rely on the value: it is not the one that was stated.",
  FILE_DIFFERS:
    "What the ledger says holds, or an audit would name something else. Ask who had access to the folder, then remove `ledger.db.differs`, if it is there.",
  OBJECT_DIFFERS: "Verify the originals at hand: taking them in again replaces a damaged copy. Then look at the disk.",
  OBJECT_MISSING:
    "Restore a backup that has it, or take the original in again. Find out what removed it; `fiducial backup` keeps what the earlier backup has.",
  PROJECTION_DIFFERS: "Stop the node, remove `projection.db`, and start again: it is built anew from the log.",
};
