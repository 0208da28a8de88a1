import { Notice } from "@/components/ui/notice";
import type { UndefinedKey } from "@/server/attributes/usage";
import { formatCount } from "@/server/platform/format";
import { NewAttribute } from "./new-attribute";

const labelOf = (key: string): string => {
  const words = key.replaceAll("_", " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** Values that files brought under keys that nobody defined: each can be given a name and a type. */
export function UndefinedKeys({ keys }: { keys: readonly UndefinedKey[] }) {
  if (keys.length === 0) return null;
  return (
    <Notice tone="information" title="Some values have no definition yet">
      <p>They came in with files. Until they are defined, segments and filters do not know their type.</p>
      <ul className="mt-2 divide-y divide-line">
        {keys.map(({ key, customers, type }) => (
          <li key={key} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-1.5">
            <span>
              <code className="font-mono">{key}</code>{" "}
              <span className="text-muted">
                {formatCount(customers)} {customers === 1 ? "customer" : "customers"}
              </span>
            </span>
            <NewAttribute
              label={`Define ${key}`}
              initial={{ key, label: labelOf(key), type, options: [], description: "" }}
            />
          </li>
        ))}
      </ul>
    </Notice>
  );
}
