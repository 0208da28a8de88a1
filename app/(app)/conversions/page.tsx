import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ConversionPanel } from "@/components/conversions/conversion-panel";
import { ConversionScreen } from "@/components/conversions/conversion-screen";
import { ForbiddenState } from "@/components/ui/forbidden-state";
import { SplitView } from "@/components/ui/side-panel";
import { currentSignedIn, signInPath } from "@/server/auth/session";
import { browseInputOf } from "@/server/conversions/schemas";
import { conversionEditors, conversionReaders } from "@/server/conversions/status";
import { api } from "@/server/trpc/caller";

export const metadata: Metadata = { title: "Conversions" };

export default async function ConversionsPage({ searchParams }: PageProps<"/conversions">) {
  const signedIn = await currentSignedIn();
  if (!signedIn) redirect(await signInPath());
  const { role, workspace } = signedIn;
  if (!conversionReaders.some((each) => each === role))
    return (
      <ForbiddenState
        title="Conversions are not open to your role"
        who="Administrators, marketers and supervisors see what campaigns brought."
      />
    );
  const params = await searchParams;
  const input = browseInputOf(params);
  const { conversions } = await api();
  const openId = [params.open].flat()[0];
  const mayEdit = conversionEditors.some((each) => each === role);
  const [page, open] = await Promise.all([
    conversions.browse(input),
    openId ? conversions.get({ id: openId }) : null,
  ]);
  const zone = workspace.timeZone;
  return (
    <SplitView panel={open && <ConversionPanel key={open.id} initial={open} zone={zone} mayEdit={mayEdit} />}>
      <ConversionScreen input={input} initial={page} zone={zone} mayEdit={mayEdit} />
    </SplitView>
  );
}
