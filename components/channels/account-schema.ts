import { type OwnProvider, providerForms } from "@/server/channels/schemas";
import { providerFields } from "./provider-fields";

/** What stands in the form of an account: its name and the provider's settings. */
export type AccountValues = Record<string, string>;

export type AccountOutput = {
  name: string;
  config: Record<string, unknown>;
  /** Only those that were entered; the others stay as they are stored. */
  secrets: Record<string, string>;
};

type Issue = { message: string; path: PropertyKey[] };
type Validated = { value: AccountOutput; issues?: undefined } | { issues: Issue[] };

/** The form's rules: the provider's own schema, where a secret that is stored may stay empty. */
export function accountSchema(provider: OwnProvider, secretsSet: readonly string[]) {
  const { config, secrets } = providerForms[provider];
  const kept = (values: AccountValues, name: PropertyKey | undefined) =>
    secretsSet.includes(String(name)) && (values[String(name)] ?? "").trim() === "";
  const validate = (given: unknown): Validated => {
    const values = given as AccountValues;
    const read = config.safeParse(values);
    const entered = secrets.safeParse(values);
    const issues: Issue[] = [
      ...((values.name ?? "").trim() === ""
        ? [{ path: ["name"], message: "Give the account a name, so that you find it again." }]
        : []),
      ...(read.error?.issues ?? []),
      ...(entered.error?.issues ?? []).filter(({ path }) => !kept(values, path[0])),
    ];
    if (issues.length > 0 || !read.success) return { issues };
    const names = providerFields[provider].flatMap(({ name, secret }) => (secret ? [name] : []));
    const filled = names.flatMap((name) => (values[name] ? [[name, values[name].trim()] as const] : []));
    const value: AccountOutput = {
      name: (values.name ?? "").trim(),
      config: read.data,
      secrets: Object.fromEntries(filled),
    };
    return { value };
  };
  return { "~standard": { validate } };
}

/** What the form begins with. */
export function initialValues(
  provider: OwnProvider,
  { name, config = {} }: { name: string; config?: Record<string, unknown> },
): AccountValues {
  const fields = providerFields[provider].map((field): [string, string] => [
    field.name,
    field.secret ? "" : String(config[field.name] ?? field.initial ?? ""),
  ]);
  return { name, ...Object.fromEntries(fields) };
}
