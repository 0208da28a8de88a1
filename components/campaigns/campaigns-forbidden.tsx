import { ForbiddenState } from "@/components/ui/forbidden-state";

/** Instead of a campaign screen, for roles that may not see it. */
export function CampaignsForbidden() {
  return (
    <ForbiddenState
      title="Campaigns are not open to your role"
      who="They are for marketers, advisors, supervisors, approvers and administrators. Ask an administrator of this workspace for one of these roles."
    />
  );
}
