import { parseArgs } from "node:util";
import { systemContext } from "@/server/platform/context";
import { newToken } from "@/server/platform/secrets";
import { createUser, createWorkspace, findWorkspace } from "@/server/workspaces";
import { roleSchema } from "@/server/workspaces/roles";

/** `workspace create --name N --slug S`: makes an empty workspace. */
export async function createWorkspaceCommand(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { name: { type: "string" }, slug: { type: "string" } } });
  if (!values.name || !values.slug || !/^[a-z0-9-]{2,40}$/.test(values.slug)) {
    console.error("Give --name and --slug (2 to 40 small letters, digits and hyphens).");
    return 2;
  }
  const { id } = await createWorkspace({ name: values.name, slug: values.slug });
  console.log(
    `Made ${values.name} (${id}). Next: user create --workspace ${values.slug} --role admin --name … --email …`,
  );
  return 0;
}

/** `user create`: makes a person who can sign in at once; prints the password when none was given. */
export async function createUserCommand(args: string[]): Promise<number> {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args,
    options: {
      workspace: text,
      name: text,
      email: text,
      phone: text,
      role: text,
      password: text,
      approver: { type: "boolean" },
    },
  });
  const role = roleSchema.safeParse(values.role);
  const workspaceId = await findWorkspace(values.workspace ?? "");
  if (!workspaceId || !values.name || !role.success) {
    console.error(
      `Give --workspace (a workspace's slug), --name, --role (${roleSchema.options.join(", ")}) and --email or --phone.`,
    );
    return 2;
  }
  const password = values.password ?? newToken().token.slice(0, 16);
  await createUser(systemContext(workspaceId), {
    name: values.name,
    email: values.email,
    phone: values.phone,
    password,
    role: role.data,
    isApprover: values.approver,
  });
  console.log(values.password ? "Made." : `Made. The password is ${password} (shown this once).`);
  return 0;
}
