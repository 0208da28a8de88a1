import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { CampaignDetail } from "@/server/campaigns/get";
import { ReviewHistory } from "./review-history";

/** What a draft brings with it: why it did not go at its time, and what its approvers said. */
export function DraftNotices({ campaign, zone }: { campaign: CampaignDetail; zone: string }) {
  const { failure, approval, version } = campaign;
  const last = approval.history[0];
  const approved = approval.history.find(({ act }) => act === "approved");
  return (
    <>
      {campaign.replaces && (
        <Notice
          title="Changes to an automation that runs"
          action={
            <Button size="sm" asChild>
              <Link href={`/campaigns/${campaign.replaces}`}>See what runs</Link>
            </Button>
          }
        >
          It goes on as it is until you publish them.
        </Notice>
      )}
      {failure && (
        <Notice tone="attention" title="It did not go">
          {failure}
        </Notice>
      )}
      {approval.approved && (
        <Notice tone="good" title="Approved">
          Launch or schedule it as it stands. An edit takes the approval away.
        </Notice>
      )}
      {approval.required &&
        !approval.approved &&
        approved &&
        last?.act !== "returned" &&
        approved.version < version && (
          <Notice tone="attention" title="Changed since it was approved">
            Version {approved.version} was approved. Submit this one again.
          </Notice>
        )}
      {last?.act === "returned" && (
        <Notice tone="attention" title={`Returned by ${last.byName ?? "an approver"}`}>
          <span className="whitespace-pre-wrap">{last.comment}</span>
        </Notice>
      )}
      {approval.history.length > 1 && (
        <details className="text-sm">
          <summary className="cursor-pointer text-muted hover:text-ink">History of the approval</summary>
          <div className="pt-3">
            <ReviewHistory history={approval.history} zone={zone} />
          </div>
        </details>
      )}
    </>
  );
}
