// Draws the bodies of Discord's *Create Message* that stand in the page as JSON. How Discord looks is the business of Discord Components,
// how its Markdown reads that of discord-markdown-parser; this file only hands the one to the other.
import "@skyra/discord-components-core";
import { SimpleMarkdown, rulesExtended } from "discord-markdown-parser";

// The parser leaves Discord's lists out, and its base has them: at the start of a line, in inline text too.
const { list } = SimpleMarkdown.defaultRules;
const atLineStart = (state) => state.prevCapture === null || /\n *$/.test(state.prevCapture[0]);
const rules = {
  ...rulesExtended,
  list: {
    ...list,
    order: 0,
    match: (source, state) => (atLineStart(state) || state._list) && /^ *(?:[-*]|\d+\.) /.test(source) ? item(source, state) : null,
  },
};
const parse = SimpleMarkdown.parserFor(rules);

/** Let the list rule see a list that ends where its last line does, as Discord's do. */
function item(source, state) {
  const lines = source.split("\n");
  let end = 1;
  while (end < lines.length && /^ *(?:[-*]|\d+\.) |^ {2,}\S/.test(lines[end])) end += 1;
  const text = lines.slice(0, end).join("\n");
  const found = list.match(`${text}\n\n`, { ...state, inline: false, _list: true });
  if (found === null) return null;
  const captured = [...found];
  captured[0] = end < lines.length ? `${text}\n` : text;
  return captured;
}

function make(name, properties = {}, children = []) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (key === "slot" || key === "class" || key === "href") element.setAttribute(key, value);
    else element[key] = value;
  }
  element.append(...children);
  return element;
}

const containers = {
  em: "em", // the library's own elements for these put a space behind the text
  strong: "strong",
  underline: "u",
  strikethrough: "s",
  spoiler: "discord-spoiler",
  blockQuote: "discord-quote",
  subtext: "discord-subscript",
};

function draw(node) {
  if (Array.isArray(node)) return node.map(draw);
  if (node.type in containers) return make(containers[node.type], {}, [].concat(draw(node.content)));
  switch (node.type) {
    case "newline":
    case "br":
      return document.createElement("br");
    case "heading":
      return make("discord-header", { level: node.level }, draw(node.content));
    case "link":
    case "url":
    case "autolink":
      return make("discord-link", { href: node.target, target: "_blank", rel: "noreferrer noopener" }, draw(node.content));
    case "inlineCode":
      return make("discord-code", {}, [node.content]);
    case "codeBlock":
      return make("discord-code", { multiline: true }, [node.content]);
    case "list":
      return make(
        node.ordered ? "discord-ordered-list" : "discord-unordered-list",
        { start: node.start },
        node.items.map((content) => make("discord-list-item", {}, draw(content))),
      );
    case "everyone":
    case "here":
      return make("discord-mention", { highlight: true }, [node.type]);
    case "role":
      return make("discord-mention", { type: "role" }, [node.id]);
    default:
      return typeof node.content === "string" ? node.content : node.content === undefined ? "" : make("span", {}, [].concat(draw(node.content)));
  }
}

/** A block of code ends its line by itself. */
const isIdle = (node, before) => before?.type === "codeBlock" && (node.type === "newline" || node.type === "br");

function markdown(text) {
  const nodes = parse(text, { inline: true, prevCapture: null });
  return draw(nodes.filter((node, n) => !isIdle(node, nodes[n - 1]))).flat(Infinity);
}

function embed(body) {
  const parts = [make("discord-embed-description", { slot: "description" }, markdown(body.description))];
  if (body.footer) parts.push(make("discord-embed-footer", { slot: "footer" }, [body.footer.text]));
  return make(
    "discord-embed",
    {
      slot: "embeds",
      color: body.color === undefined ? undefined : `#${body.color.toString(16).padStart(6, "0")}`,
      embedTitle: body.title,
      url: body.url,
      image: body.image?.url,
    },
    parts,
  );
}

function control(row) {
  const [select] = row.components;
  const menu = make(
    "discord-string-select-menu",
    { placeholder: select.placeholder },
    select.options.map(({ label }) => make("discord-string-select-menu-option", { slot: "options", label })),
  );
  return make("discord-action-row", {}, [menu]);
}

// A page that needs no network has its picture in itself.
const avatar = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" fill="#5865f2"/><path d="M9 7h10l4 4v14H9z" fill="#fff"/><path d="M12 13h8M12 17h8M12 21h5" stroke="#5865f2" stroke-width="1.6"/></svg>')}`;

function message(body, { bot, when }) {
  const parts = [...markdown(body.content), ...body.embeds.map(embed)];
  if (body.components.length > 0) parts.push(make("discord-attachments", { slot: "components" }, body.components.map(control)));
  return make("discord-message", { author: bot, bot: true, timestamp: when && new Date(when), twentyFour: true, avatar }, parts);
}

const shown = JSON.parse(document.getElementById("messages").textContent);
document.querySelector("main").replaceChildren(
  make("discord-messages", {}, shown.messages.map((body) => message(body, shown))),
);
