import { ForbiddenState } from "@/components/ui/forbidden-state";

/** Instead of a customer screen, for roles that may not see it. */
export function CustomersForbidden() {
  return (
    <ForbiddenState
      title="The customer list is not open to your role"
      who="Call-centre agents see the customer of a callback while they hold it. For the whole list, ask an administrator of this workspace for another role."
    />
  );
}
