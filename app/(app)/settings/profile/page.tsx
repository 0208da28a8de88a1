import type { Metadata } from "next";
import { ChangePassword } from "@/components/auth/change-password";
import { ProfileName } from "@/components/auth/profile-name";
import { TestAddressForm } from "@/components/auth/test-addresses";
import { Section } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { PageBody } from "@/components/ui/page-body";
import { SettingsHeader } from "@/components/workspaces/settings-header";
import { api } from "@/server/trpc/caller";
import { roleLabel, roles } from "@/server/workspaces/roles";

export const metadata: Metadata = { title: "Profile" };

export default async function ProfilePage() {
  const { auth } = await api();
  const [viewer, addresses] = await Promise.all([auth.viewer(), auth.testAddresses()]);
  return (
    <>
      <SettingsHeader title="Profile" />
      <PageBody width="reading" className="gap-6">
        <Section title="Name" description="Colleagues see it beside what you do, in every workspace.">
          <ProfileName name={viewer.name} />
        </Section>
        <Section title="Sign-in" description="Either of the two signs you in, with your password.">
          <DescriptionList
            items={[
              { term: "E-mail address", value: viewer.email },
              { term: "Phone number", value: viewer.phone },
            ]}
          />
        </Section>
        <Section title="Tests" description="Where “Send a test” of a campaign sends it. Only you get them.">
          <TestAddressForm addresses={addresses} />
        </Section>
        <Section title="Role" description="In this workspace. Administrators assign roles.">
          <div>
            <p className="font-medium">{roleLabel(viewer.role, viewer.isApprover)}</p>
            <p className="text-muted">{roles[viewer.role].summary}</p>
            <ul className="mt-2 list-disc pl-5 text-muted">
              {roles[viewer.role].may.map((act) => (
                <li key={act}>{act}</li>
              ))}
            </ul>
          </div>
        </Section>
        <Section title="Password" description="Changing it signs out every other browser.">
          <ChangePassword />
        </Section>
      </PageBody>
    </>
  );
}
