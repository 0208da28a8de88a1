import { ForbiddenState } from "@/components/ui/forbidden-state";

/** Instead of an import screen, for roles that may not import. */
export function ImportsForbidden() {
  return (
    <ForbiddenState
      title="Imports are not open to your role"
      who="They are for marketers and administrators. Ask an administrator of this workspace to import the file for you."
    />
  );
}
