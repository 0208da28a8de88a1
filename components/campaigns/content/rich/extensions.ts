import { InputRule, mergeAttributes, Node, nodePasteRule } from "@tiptap/core";
import { ListItem } from "@tiptap/extension-list";
import { TextAlign } from "@tiptap/extension-text-align";
import { Placeholder } from "@tiptap/extensions";
import { StarterKit } from "@tiptap/starter-kit";

const TYPED = /\{\{([^{}]{1,200})\}\}$/;
const PASTED = /\{\{([^{}]{1,200})\}\}/g;

/** "customer_name | default: "there"" → "customer_name". */
export const tagNameOf = (source: string): string => source.split("|")[0]?.trim() ?? "";

/** A tag as a chip: what stands between the braces of `{{…}}`. Typing or pasting `{{customer_name}}` makes one. */
const tag = (labelOf: (name: string) => string) =>
  Node.create({
    name: "tag",
    group: "inline",
    inline: true,
    atom: true,
    marks: "_",
    addAttributes: () => ({
      source: {
        default: "",
        parseHTML: (element) => element.getAttribute("data-tag"),
        renderHTML: ({ source }) => ({ "data-tag": source }),
      },
    }),
    parseHTML: () => [{ tag: "span[data-tag]" }],
    renderHTML: ({ node, HTMLAttributes }) => {
      const source = String(node.attrs.source);
      return [
        "span",
        mergeAttributes(HTMLAttributes, { class: "rich-tag", title: `{{${source}}}` }),
        labelOf(tagNameOf(source)),
      ];
    },
    renderText: ({ node }) => `{{${node.attrs.source}}}`,
    addInputRules() {
      return [
        new InputRule({
          find: TYPED,
          handler: ({ range, match, chain }) => {
            chain()
              .insertContentAt(range, { type: this.name, attrs: { source: match[1]?.trim() ?? "" } })
              .run();
          },
        }),
      ];
    },
    addPasteRules() {
      return [
        nodePasteRule({
          find: PASTED,
          type: this.type,
          getAttributes: (match) => ({ source: match[1]?.trim() ?? "" }),
        }),
      ];
    },
  });

/** A link that is a button, alone in its line. */
const button = Node.create({
  name: "button",
  group: "block",
  content: "inline*",
  marks: "",
  defining: true,
  addAttributes: () => ({
    href: {
      default: "",
      parseHTML: (element) => element.getAttribute("data-href") ?? "",
      renderHTML: ({ href }) => ({ "data-href": href }),
    },
  }),
  parseHTML: () => [{ tag: "div[data-href]" }],
  renderHTML: ({ HTMLAttributes }) => [
    "div",
    mergeAttributes(HTMLAttributes, { class: "rich-button" }),
    ["span", 0],
  ],
  // The next line is a paragraph again, not a second button.
  addKeyboardShortcuts() {
    return {
      Enter: ({ editor }) =>
        editor.isActive("button") &&
        editor
          .chain()
          .insertContentAt(editor.state.selection.$from.after(), { type: "paragraph" })
          .setTextSelection(editor.state.selection.$from.after() + 1)
          .run(),
    };
  },
});

type Options = {
  placeholder: string;
  labelOf: (name: string) => string;
  image: Node;
};

/** The editor's document: exactly what `richDocument` holds and the mail's layout draws; all else is dropped when it is pasted. */
export const extensionsOf = ({ placeholder, labelOf, image }: Options) => [
  StarterKit.configure({
    blockquote: false,
    code: false,
    codeBlock: false,
    strike: false,
    listItem: false,
    heading: { levels: [1, 2, 3] },
    link: { openOnClick: false, autolink: true, defaultProtocol: "https", protocols: ["https", "http"] },
    // The caret's line would be drawn in the page's own colour only.
    dropcursor: { class: "rich-drop" },
    trailingNode: false,
  }),
  ListItem.extend({ content: "paragraph (paragraph | bulletList | orderedList)*" }),
  TextAlign.configure({ types: ["paragraph", "heading"], alignments: ["left", "center", "right"] }),
  Placeholder.configure({ placeholder }),
  tag(labelOf),
  button,
  image,
];
