import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { RenewalScreen } from "@/components/analytics/renewal-screen";
import { ForbiddenState } from "@/components/ui/forbidden-state";
import { renewalsInputOf } from "@/server/analytics/schemas";
import { renewalReaders } from "@/server/analytics/status";
import { currentSignedIn, signInPath } from "@/server/auth/session";
import { segmentEditors } from "@/server/segments/status";
import { api } from "@/server/trpc/caller";

export const metadata: Metadata = { title: "Renewal collection" };

export default async function RenewalsPage({ searchParams }: PageProps<"/analytics/renewals">) {
  const signedIn = await currentSignedIn();
  if (!signedIn) redirect(await signInPath());
  const { role, workspace } = signedIn;
  if (!renewalReaders.some((each) => each === role))
    return (
      <ForbiddenState
        title="Renewals are not open to your role"
        who="Administrators, marketers and supervisors see what was collected."
      />
    );
  const input = renewalsInputOf(await searchParams);
  const { analytics } = await api();
  const [initial, kept] = await Promise.all([analytics.renewals(input), analytics.persistency()]);
  const mayEdit = segmentEditors.some((each) => each === role);
  return <RenewalScreen {...{ input, initial, kept, mayEdit }} zone={workspace.timeZone} />;
}
