// Prints, as JSON, every endpoint that @notionhq/client knows: run in the folder that holds node_modules.
const fs = require("fs");
const path = require("path");

const folder = path.resolve("node_modules/@notionhq/client/build/src/api-endpoints");
const found = [];
for (const file of fs.readdirSync(folder).filter((name) => name.endsWith(".js"))) {
  for (const [name, endpoint] of Object.entries(require(path.join(folder, file)))) {
    if (!endpoint || !endpoint.method || !endpoint.path) continue;
    const places = Object.fromEntries(endpoint.pathParams.map((one) => [one, `{${one}}`]));
    found.push({
      name,
      file: path.basename(file, ".js"),
      method: endpoint.method.toUpperCase(),
      path: "/v1/" + decodeURIComponent(endpoint.path(places)),
      query: endpoint.queryParams,
      body: endpoint.bodyParams,
    });
  }
}
console.log(JSON.stringify(found));
