import { ForbiddenState } from "@/components/ui/forbidden-state";

/** Instead of the stream of events, for roles that see events on the pages of their customers only. */
export const EventsForbidden = () => (
  <ForbiddenState
    title="Events are not open to your role"
    who="What happened to a customer stands on the customer's page. The stream of all events is for administrators and marketers."
  />
);
