import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ResponseList } from "@/components/responses/response-list";
import { ResponsePanel } from "@/components/responses/response-panel";
import { ForbiddenState } from "@/components/ui/forbidden-state";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { SplitView } from "@/components/ui/side-panel";
import { currentSignedIn, signInPath } from "@/server/auth/session";
import { responsesInputOf } from "@/server/responses/schemas";
import { mayCorrectResponses, mayReadResponses } from "@/server/responses/status";
import { api } from "@/server/trpc/caller";

export const metadata: Metadata = { title: "Responses" };

export default async function ResponsesPage({ searchParams }: PageProps<"/responses">) {
  const signedIn = await currentSignedIn();
  if (!signedIn) redirect(await signInPath());
  if (!mayReadResponses(signedIn.role))
    return (
      <ForbiddenState
        title="Responses are not open to your role"
        who="Administrators, marketers and supervisors read what customers said back."
      />
    );
  const params = await searchParams;
  const input = responsesInputOf(params);
  const { responses } = await api();
  const openId = [params.open].flat()[0];
  const [page, open] = await Promise.all([
    responses.list(input),
    openId ? responses.get({ responseId: openId }) : null,
  ]);
  const zone = signedIn.workspace.timeZone;
  return (
    <SplitView
      panel={
        open && (
          <ResponsePanel
            key={open.id}
            initial={open}
            zone={zone}
            mayCorrect={mayCorrectResponses(signedIn.role)}
          />
        )
      }
    >
      <PageHeader
        title="Responses"
        description="What customers said back, on every channel, and what was made of it."
      />
      <PageBody>
        <ResponseList input={input} initial={page} zone={zone} />
      </PageBody>
    </SplitView>
  );
}
