"use client";

import { Dialog } from "./dialog";
import { groupBy } from "./group-by";
import { Kbd } from "./kbd";
import { useActiveShortcuts } from "./shortcuts";

/** The keys of the screen that is open; the shell shows it on `?`. */
export function KeyboardHelp({ onClose }: { onClose: () => void }) {
  const shortcuts = useActiveShortcuts();
  const groups = groupBy(shortcuts, ({ group }) => group ?? "This screen");
  return (
    <Dialog title="Keyboard" open onOpenChange={onClose}>
      <div className="flex flex-col gap-5">
        {groups.map(([group, entries]) => (
          <section key={group}>
            <h3 className="mb-1 font-medium text-faint text-xs">{group}</h3>
            <dl>
              {entries.map(({ keys, label }) => (
                <div
                  key={keys}
                  className="flex items-center justify-between gap-4 border-line border-b py-1.5 last:border-0"
                >
                  <dt>{label}</dt>
                  <dd>
                    <Kbd keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
