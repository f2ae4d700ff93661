// All keys, on `?`.
import { Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { useWording } from "../i18n/language.tsx";
import { useSingleKeys } from "../ui/keys.ts";
import { Keys } from "../ui/parts.tsx";
import { Segments } from "../ui/segments.tsx";
import { useSession } from "../ui/session.ts";
import { pageKeys } from "./destinations.ts";

/** Shows the keys. Nothing waits for it: Escape, or a click beside it, closes it. */
export function KeyList({ shown, close }: { readonly shown: boolean; readonly close: () => void }): ReactNode {
  const { t } = useWording();
  return (
    <Modal.Root opened={shown} onClose={close} lockScroll={false} transitionProps={{ duration: 0 }} centered>
      <Modal.Overlay />
      <Modal.Content aria-label={t.shell.keys.title}>
        <Modal.Body>
          <div className="row apart key-list-head">
            <h2 className="size-16">{t.shell.keys.title}</h2>
            <Modal.CloseButton aria-label={t.shell.keys.close} />
          </div>
          <KeyTable />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

/** The keys as a table, with the switch for single keys. */
export function KeyTable(): ReactNode {
  const { t } = useWording();
  const { keys } = t.shell;
  const [on, setOn] = useSingleKeys();
  const pages = pageKeys(useSession()?.permissions);
  const rows: readonly (readonly [readonly string[], string])[] = [
    [["/"], keys.search],
    [["J", "K"], `${keys.next}, ${keys.previous}`],
    [["Enter"], keys.open],
    [["P"], keys.prove],
    [["R"], keys.receipt],
    [["↑", "↓"], keys.slice],
    [["W"], keys.window],
    [["+", "−"], keys.zoom],
    [["U"], keys.undo],
    [pages.map(({ key }) => key), pages.map(({ page }) => t.shell.pages[page]).join(", ")],
    [["?"], keys.help],
  ];
  return (
    <div className="column gap-12">
      <div className="row apart wrap">
        <p className="size-13 second">{keys.says}</p>
        <Segments
          label={keys.switch}
          value={on ? "on" : "off"}
          options={[
            ["on", keys.on],
            ["off", keys.off],
          ]}
          choose={(value) => setOn(value === "on")}
        />
      </div>
      <table className="key-table">
        <tbody>
          {rows.map(([pressed, does]) => (
            <tr key={does}>
              <th scope="row">
                <Keys of={pressed} />
              </th>
              <td className="size-13">{does}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
