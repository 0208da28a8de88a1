import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { InboxScreen } from "@/components/inbox/inbox-screen";
import { ForbiddenState } from "@/components/ui/forbidden-state";
import { currentSignedIn } from "@/server/auth/session";
import { inboxRoles, readFilters } from "@/server/inbox/schemas";
import { api } from "@/server/trpc/caller";

export const metadata: Metadata = { title: "Inbox" };

type InboxPageProps = {
  params: Promise<{ id?: string[] }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function InboxPage({ params, searchParams }: InboxPageProps) {
  const [openId, ...rest] = (await params).id ?? [];
  if (rest.length > 0) notFound();
  const signedIn = await currentSignedIn();
  if (!inboxRoles.some((role) => role === signedIn?.role))
    return (
      <ForbiddenState
        title="The inbox is for administrators and marketers"
        who="Ask an administrator of this workspace to change your role."
      />
    );
  const given = Object.entries(await searchParams).flatMap(([name, value]) =>
    typeof value === "string" ? [[name, value]] : [],
  );
  const filters = readFilters(new URLSearchParams(given));
  const caller = await api();
  const [page, counts, message] = await Promise.all([
    caller.inbox.list(filters),
    caller.inbox.counts(),
    openId ? caller.inbox.get({ id: openId }) : null,
  ]);
  if (message && message.channel !== filters.channel) {
    const query = new URLSearchParams({ ...Object.fromEntries(given), channel: message.channel });
    redirect(`/inbox/${message.id}?${query}`);
  }
  const conversation =
    message && message.channel !== "email"
      ? await caller.inbox.conversation({ messageId: message.id })
      : null;
  return (
    <InboxScreen
      start={{ filters, page, counts, message, conversation }}
      zone={signedIn?.workspace.timeZone ?? "UTC"}
      showSystem={signedIn?.role === "admin"}
    />
  );
}
