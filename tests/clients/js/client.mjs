// Everything that @notionhq/client offers for a workspace, against a served sandbox. Run in the folder that holds
// node_modules, with the sandbox's address, token and root page as arguments; prints "done" when all holds.
import assert from "node:assert/strict";
import { createRequire } from "node:module";

const {
  APIErrorCode, Client, LogLevel, collectAllDataSourceRows, collectDataSourceTemplates, collectPaginatedAPI,
  isFullBlock, isFullDataSource, isFullPage, isNotionClientError, iterateAllDataSourceRows, iteratePaginatedAPI,
} = createRequire(process.cwd() + "/")("@notionhq/client");

const [baseUrl, auth, root, version] = process.argv.slice(2);
const notion = new Client({ auth, baseUrl, notionVersion: version, logLevel: LogLevel.ERROR });
const text = (content) => [{ text: { content } }];
const control = (name, value) =>
  fetch(`${baseUrl}/_sandbox/${name}`, { method: "POST", body: JSON.stringify(value) }).then((answer) => answer.json());

const me = await notion.users.me({});
assert.equal(me.type, "bot");
assert.ok((await notion.users.list({})).results.some((user) => user.id === me.id));

const database = await notion.databases.create({
  parent: { type: "page_id", page_id: root },
  title: text("Tasks"),
  initial_data_source: {
    properties: {
      Name: { title: {} }, Number: { number: { format: "number" } }, Due: { date: {} }, Done: { checkbox: {} },
      Kind: { select: { options: [{ name: "A", color: "red" }, { name: "B" }] } },
    },
  },
});
const source = await notion.dataSources.retrieve({ data_source_id: database.data_sources[0].id });
assert.ok(isFullDataSource(source));
const parent = { type: "data_source_id", data_source_id: source.id };
for (let number = 0; number < 12; number++) {
  if (number % 3 === 0) await control("clock", { advance_s: 60 });
  const page = await notion.pages.create({
    parent,
    properties: { Name: { title: text(`Row ${number}`) }, Number: { number }, Kind: { select: { name: "B" } } },
  });
  assert.ok(isFullPage(page));
}

// Pagination and its helpers.
const query = { data_source_id: source.id, page_size: 5 };
const rows = await collectPaginatedAPI(notion.dataSources.query, query);
assert.equal(new Set(rows.map((row) => row.id)).size, 12);
let seen = 0;
for await (const row of iteratePaginatedAPI(notion.dataSources.query, { ...query, filter: { property: "Number", number: { less_than: 7 } } })) {
  assert.ok(row.properties.Number.number < 7);
  seen += 1;
}
assert.equal(seen, 7);

// Beyond what one query gives: windows by created_time.
await control("switches", { query_cap: 5 });
const capped = await notion.dataSources.query({ data_source_id: source.id });
assert.deepEqual(capped.request_status, { type: "incomplete", incomplete_reason: "query_result_limit_reached" });
assert.equal((await collectAllDataSourceRows(notion, { data_source_id: source.id })).length, 12);
const filter = { property: "Number", number: { greater_than_or_equal_to: 2 } };
const names = [];
for await (const row of iterateAllDataSourceRows(notion, { data_source_id: source.id, filter })) names.push(row.id);
assert.equal(new Set(names).size, 10);
await control("switches", { query_cap: 10000 });
assert.deepEqual(await collectDataSourceTemplates(notion, { data_source_id: source.id }), []);

// Pages, properties, blocks, comments, search, Markdown.
const page = await notion.pages.create({
  parent: { type: "page_id", page_id: root },
  properties: { title: { title: text("Notes") } },
  children: [{ paragraph: { rich_text: text("one") } }, { to_do: { rich_text: text("two"), checked: true } }],
});
const appended = await notion.blocks.children.append({
  block_id: page.id, children: [{ heading_2: { rich_text: text("first") } }], position: { type: "start" },
});
assert.ok(appended.results.every(isFullBlock));
const blocks = await collectPaginatedAPI(notion.blocks.children.list, { block_id: page.id, page_size: 1 });
assert.deepEqual(blocks.map((block) => block.type), ["heading_2", "paragraph", "to_do"]);
await notion.blocks.update({ block_id: blocks[1].id, paragraph: { rich_text: text("changed") } });
assert.equal((await notion.blocks.delete({ block_id: blocks[2].id })).in_trash, true);
const read = await notion.pages.retrieveMarkdown({ page_id: page.id });
assert.match(read.markdown, /## first\nchanged/);
const written = await notion.pages.updateMarkdown({
  page_id: page.id, type: "update_content", update_content: { content_updates: [{ old_str: "changed", new_str: "again" }] },
});
assert.match(written.markdown, /again/);
const comment = await notion.comments.create({ parent: { page_id: page.id }, rich_text: text("hm") });
assert.equal((await notion.comments.list({ block_id: page.id })).results[0].id, comment.id);
await notion.comments.delete({ comment_id: comment.id });
const title = await notion.pages.properties.retrieve({ page_id: rows[0].id, property_id: "title" });
assert.equal(title.type, "property_item");
assert.equal((await notion.search({ query: "notes", filter: { property: "object", value: "page" } })).results[0].id, page.id);
await notion.pages.move({ page_id: page.id, parent });
await notion.pages.update({ page_id: page.id, properties: { Done: { checkbox: true } }, icon: { emoji: "🎯" } });
assert.equal((await notion.pages.retrieve({ page_id: page.id })).properties.Done.checkbox, true);
assert.equal((await notion.pages.update({ page_id: page.id, in_trash: true })).in_trash, true);

// Views and their queries; a file.
const view = await notion.views.create({
  database_id: database.id, data_source_id: source.id, name: "Board", type: "board",
  configuration: { type: "board", group_by: { type: "select", property_id: source.properties.Kind.id, sort: { type: "manual" } } },
});
assert.equal((await notion.views.list({ database_id: database.id })).results.length, 2);
const cached = await notion.views.queries.create({ view_id: view.id, page_size: 4 });
assert.equal(cached.total_count, 12);
assert.equal((await notion.views.queries.results({ view_id: view.id, query_id: cached.id })).results.length, 12);
await notion.views.queries.delete({ view_id: view.id, query_id: cached.id });
await notion.views.delete({ view_id: view.id });
const upload = await notion.fileUploads.create({ mode: "single_part", filename: "a.txt", content_type: "text/plain" });
const sent = await notion.fileUploads.send({ file_upload_id: upload.id, file: { filename: "a.txt", data: new Blob(["hello"], { type: "text/plain" }) } });
assert.equal(sent.status, "uploaded");
const image = { image: { type: "file_upload", file_upload: { id: upload.id } } };
assert.equal((await notion.blocks.children.append({ block_id: root, children: [image] })).results[0].image.type, "file");

// Errors are its own, and a refused rate is waited for.
await assert.rejects(notion.pages.retrieve({ page_id: "00000000-0000-4000-8000-00000000abcd" }), (error) =>
  isNotionClientError(error) && error.code === APIErrorCode.ObjectNotFound);
await assert.rejects(notion.databases.create({ parent: { page_id: root }, title: text("x".repeat(2001)) }), (error) =>
  isNotionClientError(error) && error.code === APIErrorCode.ValidationError);
await control("faults", [{ path: "/v1/users/me", nth: 1, action: { type: "respond", status: 429, headers: { "Retry-After": "0" } } }]);
assert.equal((await notion.users.me({})).id, me.id);
console.log("done");
