// Who asks: found out once for each request, before any route.
import type { Permission } from "@fiducial/api";
import type { Role } from "@fiducial/contract";

/** Who a request is from. */
export type Caller =
  | { readonly type: "anonymous" }
  | {
      readonly type: "person";
      /** 32 hex digits, made of issuer and subject. */
      readonly subject: string;
      /** The person's actor on the ledger, once there is one. */
      readonly actor?: string;
      readonly name: string;
      readonly roles: readonly Role[];
      /** 32 hex digits that name the session, and open nothing. */
      readonly session: string;
    }
  | {
      readonly type: "machine";
      readonly subject: string;
      readonly name: string;
      readonly scopes: readonly Permission[];
    }
  /** Somebody who has this machine's own key: the fiducial command. */
  | { readonly type: "operator" };

/** Nobody in particular. */
export const anonymous: Caller = { type: "anonymous" };
