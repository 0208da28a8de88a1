import { Lock } from "lucide-react";
import type { ReactNode } from "react";
import { EmptyState } from "./empty-state";

type ForbiddenStateProps = {
  /** What is not open to this person: "Settings are for administrators". */
  title: string;
  /** Who can do it or grant it: "Ask Meera Nair or another administrator." */
  who: ReactNode;
  action?: ReactNode;
};

/** Instead of a screen that this role may not see. */
export function ForbiddenState({ title, who, action }: ForbiddenStateProps) {
  return (
    <EmptyState level={1} icon={Lock} title={title} action={action}>
      {who}
    </EmptyState>
  );
}
