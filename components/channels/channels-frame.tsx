import type { ReactNode } from "react";
import { PageBody } from "@/components/ui/page-body";
import { SettingsHeader } from "@/components/workspaces/settings-header";
import type { Role } from "@/server/platform/context";
import { type ChannelPart, ChannelParts } from "./channel-parts";

type ChannelsFrameProps = {
  /** Null: a list that stands beside its panel brings its body, `ChannelParts` included. */
  current: ChannelPart | null;
  role: Role;
  description: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
};

/** The screens about channels, with the way from one to the other. */
export function ChannelsFrame({ current, role, description, actions, children }: ChannelsFrameProps) {
  return (
    <>
      <SettingsHeader title="Channels" role={role} description={description} actions={actions} />
      {current ? (
        <PageBody width="content">
          <ChannelParts current={current} />
          {children}
        </PageBody>
      ) : (
        children
      )}
    </>
  );
}
