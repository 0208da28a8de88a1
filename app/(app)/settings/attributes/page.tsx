import type { Metadata } from "next";
import { AttributeTable } from "@/components/attributes/attribute-table";
import { NewAttribute } from "@/components/attributes/new-attribute";
import { UndefinedKeys } from "@/components/attributes/undefined-keys";
import { PageBody } from "@/components/ui/page-body";
import { AdminsOnly } from "@/components/workspaces/admins-only";
import { SettingsHeader } from "@/components/workspaces/settings-header";
import { mayEditAttributes } from "@/server/attributes/status";
import { api } from "@/server/trpc/caller";

export const metadata: Metadata = { title: "Attributes" };

export default async function AttributesPage() {
  const caller = await api();
  const { role } = await caller.auth.viewer();
  if (!mayEditAttributes(role))
    return <AdminsOnly title="Attributes" administrators={await caller.workspaces.administrators()} />;
  const { attributes, undefinedKeys } = await caller.attributes.use();
  return (
    <>
      <SettingsHeader
        title="Attributes"
        description="What you know about customers besides the usual fields: for segments, message tags, imports and the API."
        actions={<NewAttribute />}
      />
      <PageBody width="content">
        <UndefinedKeys keys={undefinedKeys} />
        <AttributeTable attributes={attributes} />
      </PageBody>
    </>
  );
}
