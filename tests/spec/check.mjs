// Reads one {"schema", "what", "body"} a line from standard input, prints what Discord's description finds wrong, and exits with 1 if anything.
import { readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";

const spec = new URL("node_modules/discord-api-spec/build/discord-api-spec.zod.js", import.meta.url);
const strict = new URL("strict.js", spec); // the package offers strictness only to schemas made after it is imported
writeFileSync(strict, readFileSync(spec, "utf8").replace("let zObject = z.object;", "let zObject = z.strictObject;"));
const schemas = await import(strict);

let count = 0;
let wrong = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const { schema, what, body } = JSON.parse(line);
  const judged = schemas[schema].safeParse(body);
  count += 1;
  if (!judged.success) {
    wrong += 1;
    for (const issue of judged.error.issues) {
      console.log(`${what}: ${issue.path.join(".")}: ${issue.message} ${issue.keys ?? ""}`);
    }
  }
}
console.log(`${count} payloads, ${wrong} wrong`);
process.exit(wrong ? 1 : 0);
