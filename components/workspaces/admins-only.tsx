import { ForbiddenState } from "@/components/ui/forbidden-state";
import { SettingsHeader } from "./settings-header";

type AdminsOnlyProps = { title: string; administrators: readonly { name: string }[] };

const anyOf = new Intl.ListFormat("en-IN", { type: "disjunction" });

/** Instead of a screen for administrators: says who they are. */
export function AdminsOnly({ title, administrators }: AdminsOnlyProps) {
  const names = administrators.map(({ name }) => name);
  return (
    <>
      <SettingsHeader title={title} />
      <ForbiddenState
        title="This screen is for administrators"
        who={
          names.length > 0
            ? `Ask ${anyOf.format(names)}.`
            : "This workspace has no administrator. Ask whoever runs Ringback here."
        }
      />
    </>
  );
}
