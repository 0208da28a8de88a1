import { ForbiddenState } from "@/components/ui/forbidden-state";

/** Instead of the screens about consent, for roles that may not see the workspace as a whole. */
export const ConsentForbidden = () => (
  <ForbiddenState
    title="Consent is not open to your role"
    who="You see and change the consents of your own customers on their pages. The whole ledger is for administrators, marketers and supervisors."
  />
);
