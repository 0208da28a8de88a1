import type { ReactNode } from "react";
import { LinkTabs } from "@/components/ui/link-tabs";
import { PageBody } from "@/components/ui/page-body";
import { SettingsHeader } from "@/components/workspaces/settings-header";

const parts = [
  { href: "/settings/channels", label: "Accounts" },
  { href: "/settings/channels/templates", label: "WhatsApp templates" },
  { href: "/settings/channels/registry", label: "DLT registry" },
  { href: "/settings/channels/prices", label: "Prices" },
] as const;

type ChannelsFrameProps = {
  description: ReactNode;
  actions?: ReactNode;
  /** A list that stands beside its panel brings its own body. */
  bare?: boolean;
  children: ReactNode;
};

/** The screens about channels, with the way from one to the other. */
export function ChannelsFrame({ description, actions, bare = false, children }: ChannelsFrameProps) {
  return (
    <>
      <SettingsHeader
        title="Channels"
        description={description}
        actions={actions}
        tabs={<LinkTabs label="Channels" tabs={parts} />}
      />
      {bare ? children : <PageBody width="content">{children}</PageBody>}
    </>
  );
}
