import { Notice } from "@/components/ui/notice";
import type { ConnectionCheck } from "@/server/channels/accounts/check-connection";

/** What the provider said of the settings. */
export function CheckResult({ result }: { result: ConnectionCheck | null }) {
  if (result === null) return null;
  if (result.ok === true)
    return (
      <Notice tone="good" title="The connection works">
        {result.facts.join(" ")}
      </Notice>
    );
  return (
    <Notice
      tone={result.ok === null ? "information" : "danger"}
      title={result.ok === null ? "Only a test message can tell" : "The connection does not work"}
    >
      {result.sentence}
    </Notice>
  );
}
