// Roles that an administrator gives and takes, signed with a passkey beside the list of them.
import type { Actor } from "@fiducial/api";
import { roles } from "@fiducial/contract";
import { IconPlus } from "@tabler/icons-react";
import { type FormEvent, type ReactNode, useState } from "react";
import { useWording } from "../../i18n/language.tsx";
import type { Act } from "../../ui/passkey/ceremony.ts";
import { Signing } from "../../ui/passkey/signing.tsx";
import { useSession } from "../../ui/session.ts";

/** Whether the user may give and take roles of this member, as far as the page can tell; the ledger decides. */
export function useRoleActs({ type, retiredBy, actor }: Actor): boolean {
  const session = useSession();
  const isAdministrator = session?.roles?.includes("administrator") === true;
  return isAdministrator && type === "person" && retiredBy === undefined && session.actor !== actor;
}

/** Grants a role. The role of administrator is the organization's own to give. */
export function RoleGrant({ member }: { readonly member: Actor }): ReactNode {
  const { t } = useWording();
  const words = t.account.roleActs;
  const [act, setAct] = useState<Act>();
  const held = member.roles.flatMap(({ role, withdrawnBy }) => (withdrawnBy === undefined ? [role] : []));
  const grantable = roles.filter((role) => role !== "administrator" && !held.includes(role));
  const [chosen, setChosen] = useState<(typeof roles)[number]>();
  const role = chosen !== undefined && grantable.includes(chosen) ? chosen : grantable[0];
  if (act !== undefined) return <Signing act={act} done={() => setAct(undefined)} />;
  if (role === undefined) return null;
  const grant = (event: FormEvent) => {
    event.preventDefault();
    setAct({ kind: "identity.role.granted", actor: member.actor, role });
  };
  return (
    <form className="card-body row wrap" onSubmit={grant}>
      <select
        className="button choice"
        aria-label={words.choose}
        value={role}
        onChange={({ target }) => setChosen(grantable.find((one) => one === target.value))}
      >
        {grantable.map((one) => (
          <option key={one} value={one}>
            {t.words.roles[one] ?? one}
          </option>
        ))}
      </select>
      <button type="submit" className="button">
        <IconPlus size={16} aria-hidden />
        {words.grant}
      </button>
    </form>
  );
}
