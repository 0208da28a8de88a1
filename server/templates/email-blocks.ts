import { buttonStyle } from "./brand";
import { escapeHtml } from "./clean";
import { leaf, type Places } from "./layout";
import type { MjmlNode } from "./mjml";
import { inlineHtml, inlineText, join, linkHref } from "./parts";
import type { Block } from "./read-document";
import type { Part } from "./slots";

const sizes = { 1: "26px", 2: "21px", 3: "18px" } as const;

/** The blocks as MJML; their words go into `places`. */
export function blocksToMjml(blocks: Block[], places: Places, firstLink: number): MjmlNode[] {
  return blocks.flatMap((block) => blockToMjml(block, places, firstLink));
}

function blockToMjml(block: Block, places: Places, firstLink: number): MjmlNode[] {
  const html = inlineHtml(firstLink);
  switch (block.kind) {
    case "paragraph":
      // An empty line of the editor is a gap in the mail.
      return block.inside.length === 0
        ? [leaf("mj-spacer", { height: "12px" })]
        : [text({ align: block.align }, places.put(join(["<p>", ...block.inside.map(html), "</p>"])))];
    case "heading": {
      const tag = `h${block.level}`;
      const style = `margin:8px 0 0;font-size:${sizes[block.level]};line-height:1.3;font-weight:600`;
      return [
        text(
          { align: block.align },
          places.put(join([`<${tag} style="${style}">`, ...block.inside.map(html), `</${tag}>`])),
        ),
      ];
    }
    case "list":
      return [text({}, places.put(join(listHtml(block, html))))];
    case "button":
      return [leaf("mj-raw", {}, places.put(buttonHtml(block, firstLink)))];
    case "image":
      return [leaf("mj-raw", {}, places.put(imageHtml(block, firstLink)))];
    case "divider":
      return [
        leaf("mj-divider", {
          "border-width": "1px",
          "border-color": "#e2e7f0",
          padding: "16px 40px",
          "css-class": "rb-rule",
        }),
      ];
    case "choice":
      return [
        ...block.branches.flatMap(({ condition, inside }, nth) => [
          leaf("mj-raw", {}, places.put({ condition, at: nth === 0 ? "open" : "next" })),
          ...blocksToMjml(inside, places, firstLink),
        ]),
        leaf("mj-raw", {}, places.put({ condition: null, at: "next" })),
        ...blocksToMjml(block.otherwise, places, firstLink),
        leaf("mj-raw", {}, places.put({ condition: null, at: "close" })),
      ];
  }
}

const text = (attributes: Record<string, string>, content: string): MjmlNode =>
  leaf("mj-text", { "css-class": "rb-text", ...attributes }, content);

type List = Extract<Block, { kind: "list" }>;

function listHtml({ ordered, start, items }: List, html: (node: never) => Part): Part[] {
  const tag = ordered ? "ol" : "ul";
  const from = ordered && start !== 1 ? ` start="${start}"` : "";
  return [
    `<${tag}${from} style="margin:0;padding:0 0 0 24px">`,
    ...items.flatMap((inside): Part[] => [
      '<li style="margin:4px 0">',
      ...inside.flatMap((block): Part[] => {
        if (block.kind === "list") return listHtml(block, html);
        return block.kind === "paragraph" ? block.inside.map(html as (node: unknown) => Part) : [];
      }),
      "</li>",
    ]),
    `</${tag}>`,
  ];
}

function buttonHtml({ link, inside }: Extract<Block, { kind: "button" }>, firstLink: number): Part {
  const label = join(inside.map(inlineHtml(firstLink)));
  const href = join([linkHref(firstLink + link)]);
  return (slots) => {
    const { ground, ink } = buttonStyle(slots.target.company);
    return `<tr><td class="rb-button" style="padding:16px 40px"><table role="presentation" cellpadding="0" cellspacing="0" border="0" style="border-collapse:separate"><tr><td align="center" bgcolor="${ground}" style="border-radius:8px;background:${ground}"><a href="${href(slots)}" target="_blank" style="display:inline-block;padding:12px 24px;font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Noto Sans','Noto Sans Devanagari','Nirmala UI',Arial,sans-serif;font-size:16px;font-weight:600;line-height:20px;color:${ink};text-decoration:none;border-radius:8px">${label(slots)}</a></td></tr></table></td></tr>`;
  };
}

function imageHtml({ fileId, alt, link, width }: Extract<Block, { kind: "image" }>, firstLink: number): Part {
  const shown = Math.min(width ?? 520, 520);
  const image: Part = ({ target }) =>
    `<img src="${escapeHtml(target.imageUrl(fileId))}" alt="${escapeHtml(alt)}" width="${shown}" style="display:block;width:100%;max-width:${shown}px;height:auto;border:0;border-radius:6px">`;
  return join([
    '<tr><td style="padding:12px 40px">',
    ...(link === null
      ? [image]
      : ['<a href="', linkHref(firstLink + link), '" target="_blank">', image, "</a>"]),
    "</td></tr>",
  ]);
}

/** The blocks as the text part says them, each with an empty line after it. */
export function blocksToText(blocks: Block[], firstLink: number): Part[] {
  return blocks.flatMap((block) => blockToText(block, firstLink));
}

function blockToText(block: Block, firstLink: number): Part[] {
  const words = inlineText({ firstLink });
  switch (block.kind) {
    case "paragraph":
      return block.inside.length === 0 ? [] : [...block.inside.map(words), "\n\n"];
    case "heading":
      return [...block.inside.map(words), "\n\n"];
    case "list":
      return [...listText(block, firstLink, ""), "\n"];
    case "button":
      return [
        ...block.inside.map(words),
        ": ",
        (slots) => slots.target.linkUrl(firstLink + block.link),
        "\n\n",
      ];
    case "image": {
      const { link, alt } = block;
      if (link !== null)
        return [alt === "" ? "" : `${alt}: `, (slots) => slots.target.linkUrl(firstLink + link), "\n\n"];
      return alt === "" ? [] : [`[${alt}]\n\n`];
    }
    case "divider":
      return ["--------\n\n"];
    case "choice": {
      const branches = block.branches.map(({ condition, inside }) => ({
        condition,
        say: join(blocksToText(inside, firstLink)),
      }));
      const otherwise = join(blocksToText(block.otherwise, firstLink));
      return [(slots) => (branches.find(({ condition }) => slots.holds(condition))?.say ?? otherwise)(slots)];
    }
  }
}

function listText({ ordered, start, items }: List, firstLink: number, indent: string): Part[] {
  return items.flatMap((inside, nth): Part[] => [
    indent,
    ordered ? `${start + nth}. ` : "- ",
    ...inside.flatMap((block): Part[] => {
      if (block.kind === "list") return ["\n", ...listText(block, firstLink, `${indent}  `)];
      return block.kind === "paragraph" ? block.inside.map(inlineText({ firstLink })) : [];
    }),
    "\n",
  ]);
}
