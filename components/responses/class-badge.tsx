import { StatusBadge } from "@/components/ui/status-badge";
import { type ResponseClass, responseClassLabels } from "@/server/responses/status";
import { classIcons } from "./class-icons";

/** What a reply was taken for. */
export const ClassBadge = ({ value }: { value: ResponseClass }) => (
  <StatusBadge {...responseClassLabels[value]} icon={classIcons[value]} />
);
