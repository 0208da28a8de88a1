import { PhoneForwarded } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { AddRequest } from "@/components/callbacks/add-request";
import { CallbackPanel } from "@/components/callbacks/callback-panel";
import { CallbackQueue } from "@/components/callbacks/callback-queue";
import { CopyFormLink } from "@/components/callbacks/copy-link";
import { QueueTabs, QueueTiles } from "@/components/callbacks/queue-tabs";
import { Button } from "@/components/ui/button";
import { ForbiddenState } from "@/components/ui/forbidden-state";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { SplitView } from "@/components/ui/side-panel";
import { ThumbBar } from "@/components/ui/thumb-bar";
import { currentSignedIn, signInPath } from "@/server/auth/session";
import { queueInputOf } from "@/server/callbacks/schemas";
import { mayLeadCallbacks, mayReadCallbacks } from "@/server/callbacks/status";
import { mayReadCustomers } from "@/server/customers/status";
import { api } from "@/server/trpc/caller";

export const metadata: Metadata = { title: "Callbacks" };

export default async function CallbacksPage({ searchParams }: PageProps<"/callbacks">) {
  const signedIn = await currentSignedIn();
  if (!signedIn) redirect(await signInPath());
  if (!mayReadCallbacks(signedIn.role))
    return (
      <ForbiddenState
        title="Callbacks are not open to your role"
        who="Agents, advisors, supervisors and administrators work with the queue."
      />
    );
  const params = await searchParams;
  const input = queueInputOf(params);
  const { callbacks } = await api();
  const lead = mayLeadCallbacks(signedIn.role);
  const [page, counts, formLink] = await Promise.all([
    callbacks.list(input),
    callbacks.counts(),
    lead ? callbacks.formLink() : null,
  ]);
  const openId = [params.open].flat()[0];
  const zone = signedIn.workspace.timeZone;
  const opensCustomers = mayReadCustomers(signedIn.role);
  const open = openId ? await callbacks.get({ callbackId: openId }) : null;
  return (
    <SplitView
      panel={
        open && (
          <CallbackPanel
            key={open.id}
            initial={open}
            zone={zone}
            lead={lead}
            opensCustomers={opensCustomers}
          />
        )
      }
    >
      <PageHeader
        title="Callbacks"
        description="Customers who wait for a call, in the order in which they are called."
        actions={
          <>
            {formLink && <CopyFormLink url={formLink} />}
            <AddRequest findsCustomers={opensCustomers} />
            <NextCallback className="max-md:hidden" />
          </>
        }
        tabs={<QueueTabs initial={counts} />}
      />
      <PageBody>
        <QueueTiles initial={counts} />
        <CallbackQueue input={input} initial={page} zone={zone} lead={lead} />
      </PageBody>
      <div className="md:hidden">
        <ThumbBar>
          <NextCallback className="h-11" />
        </ThumbBar>
      </div>
    </SplitView>
  );
}

const NextCallback = ({ className }: { className: string }) => (
  <Button variant="primary" className={className} asChild>
    <Link href="/callbacks/work?next=1">
      <PhoneForwarded aria-hidden />
      Next callback
    </Link>
  </Button>
);
