/** The MJML that this project writes, as mjml-core takes it. */
export type MjmlNode = {
  tagName: string;
  attributes?: Record<string, string>;
  children?: MjmlNode[];
  content?: string;
};

type Compile = (
  tree: MjmlNode,
  options: Record<string, unknown>,
) => Promise<{ html: string; errors: { formattedMessage: string }[] }>;

let loading: Promise<Compile> | null = null;

/** Loaded with the first mail: it is large, and most processes never write one. */
async function load(): Promise<Compile> {
  const [core, preset] = await Promise.all([import("mjml-core"), import("mjml-preset-core")]);
  const compile = core.default as unknown as Compile | { default: Compile };
  const found = typeof compile === "function" ? compile : compile.default;
  const presets = [(preset as { default?: unknown }).default ?? preset];
  return (tree, options) => found(tree, { ...options, presets });
}

/** HTML of an MJML tree. Nothing that a person wrote may stand in it: such words are put in afterwards, in their places. */
export async function compileMjml(tree: MjmlNode): Promise<string> {
  loading ??= load();
  const compile = await loading;
  const { html, errors } = await compile(tree, { fonts: {}, keepComments: false, validationLevel: "strict" });
  if (errors.length > 0) throw new Error(errors.map((error) => error.formattedMessage).join("\n"));
  // Indentation is a third of it.
  return html.replace(/\n\s+/g, "\n");
}
