import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import type { Health } from "@/server/channels/accounts/account-line";
import { formatDateTime } from "@/server/platform/format";
import { healthLooks } from "./words";

/** Whether an account works, in a word. */
export function HealthBadge({ health }: { health: Health }) {
  return <StatusBadge {...healthLooks[health.state]} />;
}

/** Whether an account works, in a sentence: what is wrong and since when, or when it last took a message. */
export function HealthSentence({ health, zone }: { health: Health; zone: string }) {
  switch (health.state) {
    case "trouble":
      return (
        <span className="mt-1 block text-danger text-sm">
          {health.sentence} Since {formatDateTime(health.at, zone, true)}.
        </span>
      );
    case "paused":
      return (
        <span className="block text-muted text-sm">Nothing is handed to it until somebody resumes it.</span>
      );
    case "works":
      return (
        <span className="block text-faint text-xs">
          Took a message <Time value={health.at} zone={zone} />
        </span>
      );
    case "untried":
      return null;
  }
}
