import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { NotificationBell } from "@/components/notifications/notification-bell";
import { LiveProvider } from "@/components/shell/live";
import { Shell } from "@/components/shell/shell";
import { parseTheme, sidebarCookie, themeCookie } from "@/components/shell/theme";
import { currentSignedIn, signInPath } from "@/server/auth/session";
import { getViewer } from "@/server/auth/viewer";
import { ApiProvider } from "@/server/trpc/react";
import { roleLabel } from "@/server/workspaces/roles";
import { signOutAction, switchWorkspaceAction } from "./actions";

export default async function AppLayout({ children }: { children: ReactNode }) {
  const signedIn = await currentSignedIn();
  if (!signedIn) redirect(await signInPath());
  const { email, phone, workspaces } = await getViewer(signedIn);
  const { user, workspace, membershipId, role, isApprover } = signedIn;
  const jar = await cookies();
  return (
    // Another workspace is another cache: nothing of the one before may show.
    <ApiProvider key={workspace.id}>
      <LiveProvider>
        <Shell
          viewer={{
            name: user.name,
            login: email ?? phone ?? "",
            roleLabel: roleLabel(role, isApprover),
            roles: isApprover ? [role, "approver"] : [role],
          }}
          workspace={{ id: workspace.id, name: workspace.name }}
          workspaces={workspaces}
          theme={parseTheme(jar.get(themeCookie)?.value)}
          collapsed={jar.get(sidebarCookie)?.value === "narrow"}
          bell={<NotificationBell membershipId={membershipId} zone={workspace.timeZone} />}
          onSwitchWorkspace={switchWorkspaceAction}
          onSignOut={signOutAction}
        >
          {children}
        </Shell>
      </LiveProvider>
    </ApiProvider>
  );
}
