import type { Tone } from "@/components/ui/tone";
import type { RegistryLine } from "@/server/channels/registry/list-registry";

export const dltCategoryLabels: Record<RegistryLine["category"], string> = {
  promotional: "Promotional",
  service_explicit: "Service explicit",
  service_implicit: "Service implicit",
  transactional: "Transactional",
};

export const dltStatusLooks: Record<RegistryLine["status"], { label: string; tone: Tone }> = {
  active: { label: "Active", tone: "good" },
  inactive: { label: "Not usable", tone: "neutral" },
};

/** What may stand in a place, by its type in the registry. */
export const placeLabels: Record<string, string> = {
  var: "any words",
  numeric: "a number, a date or an amount",
  alphanumeric: "letters and digits",
  url: "a link",
  urlott: "a link",
  cbn: "a number to call back",
  email: "an e-mail address",
};
